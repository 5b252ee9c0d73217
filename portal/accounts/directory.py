"""Whose accounts personal numbers lead to: so that people see in their own trail who asked about them."""

import uuid
from collections.abc import Iterable

from portal.accounts.models import Citizen, Party
from portal.isolation import Purpose, scope


def users_numbered(numbers: Iterable[str]) -> list[uuid.UUID]:
    """Ids of the users with these personal numbers. They are found by their keyed digests and shown to nobody."""
    digests = [Citizen.index_of(Party.PERSON, number) for number in numbers if number]
    if not digests:
        return []
    with scope(purpose=Purpose.SIGN_IN):
        return list(Citizen.objects.filter(number_index__in=digests).order_by("pk").values_list("pk", flat=True))
