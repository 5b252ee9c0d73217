from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ServicesConfig(AppConfig):
    name = "services"
    label = "services"

    def ready(self) -> None:
        from django.urls import register_converter, reverse

        from portal.api import router
        from portal.events import subscribe
        from portal.ui import life_events, work
        from portal.ui.navigation import Audience, Item, register
        from services import forms_made, numbers, result_subscribers, work_list
        from services.converters import ProcedureCode
        from services.operations.evidence import ASK_LATER
        from services.states import Capability
        from services.subscribers import ASK
        from services.work_desk import contribution

        subscribe(ASK_LATER, ASK)
        work.register("services-desk", contribution, order=20)
        numbers.subscribe_all()
        result_subscribers.subscribe_all()
        forms_made.subscribe_all()
        work.register("services-work", work_list.contribution, order=30)
        register_converter(ProcedureCode, "procedurecode")
        router.register("services.api.urls")
        register(
            Item(Audience.CITIZEN, _("Procedures"), "services:catalogue", order=10),
            Item(Audience.OFFICER, _("Procedures"), "services:catalogue", order=40),
            Item(Audience.OFFICER, _("One-stop desk"), "services:desk", order=10, needs=Capability.RECEIVE.value),
            Item(Audience.OFFICER, _("Processing"), "services:work-queue", order=20, needs="services.dossier.process"),
        )
        life_events.register_procedures(
            lambda slug: reverse("services:catalogue") + (f"?su_kien={slug}" if slug else "")
        )
