from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ServicesConfig(AppConfig):
    name = "services"
    label = "services"

    def ready(self) -> None:
        from django.urls import register_converter, reverse

        from portal.api import router
        from portal.events import subscribe
        from portal.ui import life_events
        from portal.ui.navigation import Audience, Item, register
        from services import numbers, result_subscribers
        from services.converters import ProcedureCode
        from services.operations.evidence import ASK_LATER
        from services.subscribers import ASK

        subscribe(ASK_LATER, ASK)
        numbers.subscribe_all()
        result_subscribers.subscribe_all()
        register_converter(ProcedureCode, "procedurecode")
        router.register("services.api.urls")
        register(
            Item(Audience.CITIZEN, _("Procedures"), "services:catalogue", order=10),
            Item(Audience.OFFICER, _("Procedures"), "services:catalogue", order=40),
        )
        life_events.register_procedures(
            lambda slug: reverse("services:catalogue") + (f"?su_kien={slug}" if slug else "")
        )
