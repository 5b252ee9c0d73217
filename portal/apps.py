from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    """The composition root's own commands: migrations as owner, house figures, the demo."""

    name = "portal"
    label = "portal"

    def ready(self) -> None:
        """The relay sends tasks from an ordinary command, which would otherwise know neither broker nor tasks."""
        import_module("portal.celery")
        import_module("portal.events.tasks")
        self._navigation()

    @staticmethod
    def _navigation() -> None:
        """Links to pages of events, which lies below `portal.ui` and cannot register them."""
        from portal.ui.navigation import Audience, Item, register  # apps register when all are there

        replay = "events.delivery.replay"
        register(
            Item(Audience.OFFICER, _("System administration"), "events:dead-letters", order=95, needs=replay),
            Item(Audience.PERSON, _("My record"), "events:own-trail", order=25, signed_in=True),
            Item(Audience.FOOTER, _("Seals of the trail"), "events:seals", order=30),
            Item(Audience.ADMIN, _("My work"), "ui:work", order=0, signed_in=True),
            Item(Audience.ADMIN, _("Failed deliveries"), "events:dead-letters", order=10, needs=replay),
            Item(Audience.ADMIN, _("Seals of the trail"), "events:seals", order=20),
            Item(Audience.ADMIN, _("Working calendar"), "calendar:year", order=30),
        )
