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
        from services import (
            between,
            calendar_subscribers,
            confirmations,
            forms_made,
            lists_app,
            notification_subscribers,
            numbers,
            owner_subscribers,
            payments_made,
            petition_start,
            result_subscribers,
            work_drafts,
            work_lateness,
            work_list,
            work_own,
        )
        from services.api import refusals as api_refusals
        from services.converters import ProcedureCode
        from services.operations.evidence import ASK_LATER
        from services.states import Capability
        from services.subscribers import ASK
        from services.work_desk import contribution

        subscribe(ASK_LATER, ASK)
        work.register("services-desk", contribution, order=20)
        calendar_subscribers.subscribe_all()
        confirmations.subscribe_all()
        numbers.subscribe_all()
        result_subscribers.subscribe_all()
        owner_subscribers.subscribe_all()
        forms_made.subscribe_all()
        payments_made.subscribe_all()
        between.register_all()
        notification_subscribers.subscribe_all()
        lists_app.start()
        work.register("services-work", work_list.contribution, order=30)
        work.register("services-lateness", work_lateness.contribution, order=25)
        work.register("services-own", work_own.contribution, order=10)
        petition_start.register()
        work.register("services-drafts", work_drafts.contribution, order=40)
        register_converter(ProcedureCode, "procedurecode")
        router.register("services.api.urls")
        api_refusals.register()
        register(
            Item(Audience.CITIZEN, _("Procedures"), "services:catalogue", order=10),
            Item(Audience.CITIZEN, _("Look a dossier up"), "services:look-up", order=12),
            Item(Audience.CITIZEN, _("My dossiers"), "services:own-dossiers", order=11, signed_in=True),
            Item(Audience.OFFICER, _("Procedures"), "services:catalogue", order=40),
            Item(Audience.OFFICER, _("One-stop desk"), "services:desk", order=10, needs=Capability.RECEIVE.value),
            Item(
                Audience.OFFICER,
                _("File for a citizen"),
                "services:visit",
                order=15,
                needs=Capability.FILE_FOR_CITIZEN.value,
            ),
            Item(Audience.OFFICER, _("Fees"), "services:finance", order=25, needs=Capability.OVERSEE_PAYMENTS.value),
            Item(Audience.OFFICER, _("Lateness"), "services:late", order=21, needs=Capability.ASSIGN.value),
            Item(Audience.OFFICER, _("Processing"), "services:work-queue", order=20, needs="services.dossier.process"),
        )
        life_events.register_procedures(
            lambda slug: reverse("services:catalogue") + (f"?su_kien={slug}" if slug else "")
        )
