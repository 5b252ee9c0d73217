from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UiConfig(AppConfig):
    name = "portal.ui"
    label = "ui"

    def ready(self) -> None:
        from portal.ui.navigation import Audience, Item, register

        register(
            Item(Audience.CITIZEN, _("Home"), "ui:home", order=0, signed_in=False),
            Item(Audience.OFFICER, _("My work"), "ui:work", order=0),
            Item(Audience.CITIZEN, _("My work"), "ui:work", order=5, signed_in=True),
            # The calendar lies below this floor and cannot register itself.
            Item(Audience.FOOTER, _("Working calendar"), "calendar:year", order=65),
            Item(Audience.OFFICER, _("Working calendar"), "calendar:year", order=60),
            Item(Audience.FOOTER, _("Accessibility"), "ui:accessibility", order=10),
            Item(Audience.FOOTER, _("Personal data"), "ui:personal-data", order=20),
        )
