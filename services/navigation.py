"""Where the pages of dossiers stand in the navigation."""

from django.utils.translation import gettext_lazy as _

from portal.ui.navigation import Audience, Item, register
from services.states import Capability


def register_all() -> None:
    """Called in AppConfig.ready."""
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
        Item(Audience.OFFICER, _("Records"), "services:kept", order=45, needs=Capability.RECORDS_KEEP.value),
        Item(Audience.OFFICER, _("Lateness"), "services:late", order=21, needs=Capability.ASSIGN.value),
        Item(Audience.OFFICER, _("Processing"), "services:work-queue", order=20, needs="services.dossier.process"),
    )
