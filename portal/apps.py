from importlib import import_module

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The composition root's own commands: migrations as owner, house figures, the demo."""

    name = "portal"
    label = "portal"

    def ready(self) -> None:
        """The relay sends tasks from an ordinary command, which would otherwise know neither broker nor tasks."""
        import_module("portal.celery")
        import_module("portal.events.tasks")
