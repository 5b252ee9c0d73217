from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StaffConfig(AppConfig):
    name = "staff"
    label = "staff"

    def ready(self) -> None:
        from portal.ui.navigation import Audience, Item, register  # apps register when all are there

        register(Item(Audience.OFFICER, _("My rights"), "staff:own-rights", order=90, signed_in=True))
