from importlib import import_module

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "documents"
    label = "documents"

    def ready(self) -> None:
        import_module("documents.checks")
        from documents.scanning import TOPIC  # apps subscribe when all are there
        from documents.scanning.delivery import SCAN
        from portal.events.subscriptions import subscribe

        subscribe(TOPIC, SCAN)
