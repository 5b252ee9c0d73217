from django.apps import AppConfig


class ServicesConfig(AppConfig):
    name = "services"
    label = "services"

    def ready(self) -> None:
        from django.urls import register_converter, reverse

        from portal.api import router
        from portal.events import subscribe
        from portal.ui import life_events, work
        from services import (
            between,
            calendar_subscribers,
            confirmations,
            forms_made,
            lists_app,
            navigation,
            notification_subscribers,
            numbers,
            owner_subscribers,
            payments_made,
            petition_start,
            reorganisation,
            result_subscribers,
            work_drafts,
            work_lateness,
            work_list,
            work_money,
            work_own,
        )
        from services.api import refusals as api_refusals
        from services.converters import ProcedureCode
        from services.operations.evidence import ASK_LATER
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
        work.register("services-money", work_money.contribution, order=26)
        work.register("services-own", work_own.contribution, order=10)
        petition_start.register()
        reorganisation.register_all()
        work.register("services-drafts", work_drafts.contribution, order=40)
        register_converter(ProcedureCode, "procedurecode")
        router.register("services.api.urls")
        api_refusals.register()
        navigation.register_all()
        life_events.register_procedures(
            lambda slug: reverse("services:catalogue") + (f"?su_kien={slug}" if slug else "")
        )
