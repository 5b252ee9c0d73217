"""How often somebody may send petitions in, by page or program."""

from django.conf import settings

from services.look_up_rate import LookUpThrottle


class PetitionThrottle(LookUpThrottle):
    """Per client address, signed in or not: PETITION_RATE."""

    scope = "petition"

    def get_rate(self) -> str | None:
        return settings.PETITION_RATE or None
