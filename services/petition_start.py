"""What petitions and ratings add when the app starts: links for each audience, and their part of the list of work."""

from django.utils.translation import gettext_lazy as _

from portal.ui import navigation, work
from portal.ui.navigation import Audience, Item
from services import petition_subscribers, work_petitions
from services.states import Capability


def register() -> None:
    petition_subscribers.subscribe_all()
    work.register("services-petitions", work_petitions.contribution, order=35)
    handles, rated = Capability.PETITION_HANDLE.value, Capability.RATING_ANSWER.value
    navigation.register(
        Item(Audience.CITIZEN, _("Petitions"), "services:petitions", order=13),
        Item(Audience.OFFICER, _("Petitions"), "services:petition-inbox", order=25, needs=handles),
        Item(Audience.OFFICER, _("Ratings"), "services:ratings", order=26, needs=rated),
    )
