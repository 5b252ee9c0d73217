from django.apps import AppConfig


class ServicesConfig(AppConfig):
    name = "services"
    label = "services"

    def ready(self) -> None:
        from portal.events import subscribe
        from services.operations.evidence import ASK_LATER
        from services.subscribers import ASK

        subscribe(ASK_LATER, ASK)
