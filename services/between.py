"""What goes between units, registered when the app starts: pages, list of work, and what follows from facts."""

from django.utils.translation import gettext_lazy as _

from portal.ui import work
from portal.ui.navigation import Audience, Item, register
from services import joined_subscribers, work_asked
from services.states import Capability


def register_all() -> None:
    joined_subscribers.subscribe_all()
    work.register("services-asked", work_asked.contribution, order=35)
    register(
        Item(Audience.OFFICER, _("Hand-overs"), "services:handovers", order=21, needs=Capability.VIEW.value),
        Item(
            Audience.OFFICER,
            _("Questions between organs"),
            "services:consultations",
            order=22,
            needs=Capability.PROCESS.value,
        ),
    )
