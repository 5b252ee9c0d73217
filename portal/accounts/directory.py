"""Whose accounts personal numbers lead to: so that people see in their own trail who asked about them."""

import unicodedata
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


def account_called(*, number: str, name: str) -> uuid.UUID | None:
    """The user with this personal number, if the name is theirs too: one mistyped digit must lead to nobody else."""
    digest = Citizen.index_of(Party.PERSON, number)
    with scope(purpose=Purpose.SIGN_IN):
        found = Citizen.objects.filter(number_index=digest).first()
    return found.pk if found and same_name(found.name, name) else None


def same_name(one: str, other: str) -> bool:
    """The same letters with the same accents, whatever the capitals and spaces."""
    plain, as_well = (unicodedata.normalize("NFC", " ".join(name.split())).casefold() for name in (one, other))
    return bool(plain) and plain == as_well
