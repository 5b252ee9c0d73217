"""What lists and batches add to the portal when it starts."""

from django.utils.translation import gettext_lazy as _

from portal.ui.navigation import Audience, Item, register
from services import batches
from services.states import Capability


def start() -> None:
    batches.subscribe_all()
    register(
        Item(Audience.OFFICER, _("Dossiers"), "services:list", order=25, needs=Capability.VIEW.value),
        Item(Audience.OFFICER, _("What waits"), "services:waiting", order=27, needs=Capability.ASSIGN.value),
    )
