"""Whose account a personal number leads to; for signing in, before anybody's own rows may be seen."""

from portal.accounts.models import User
from portal.isolation import Purpose, scope
from staff.models import Person


def officer_for(number: str) -> User | None:
    """For the setting OFFICER_DIRECTORY. The number is looked up by its keyed digest and shown to nobody."""
    with scope(purpose=Purpose.SIGN_IN):
        person = Person.objects.select_related("user").filter(number_index=Person.index_of(number)).first()
        return person.user if person else None
