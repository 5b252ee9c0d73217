"""What lists and batches add to the portal when it starts."""

from django.utils.translation import gettext_lazy as _

from portal.ui.navigation import Audience, Item, register
from services import batch_prints, batches
from services.states import Capability


def start() -> None:
    from services.sheet_lists import register_all  # here: it brings the views, which need every app to be there

    register_all()
    batches.subscribe_all()
    batch_prints.subscribe_all()
    register(
        Item(Audience.OFFICER, _("Dossiers"), "services:list", order=25, needs=Capability.VIEW.value),
        Item(Audience.OFFICER, _("What waits"), "services:waiting", order=27, needs=Capability.ASSIGN.value),
    )
