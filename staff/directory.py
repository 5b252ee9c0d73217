"""Whose account a personal number leads to, before anybody's own rows may be seen; and how actors are called."""

from collections.abc import Collection
from uuid import UUID

from portal.accounts.models import User
from portal.isolation import Purpose, scope
from staff.models import Person


def officer_for(number: str) -> User | None:
    """For the setting OFFICER_DIRECTORY. The number is looked up by its keyed digest and shown to nobody."""
    with scope(purpose=Purpose.SIGN_IN):
        person = Person.objects.select_related("user").filter(number_index=Person.index_of(number)).first()
        return person.user if person else None


def names_of_actors(actors: Collection[str]) -> dict[str, str]:
    """Officers by their names, as far as the reader may see them."""
    ids = {UUID(actor.removeprefix("user:")): actor for actor in actors if actor.startswith("user:")}
    rows = Person.objects.filter(user__in=ids).only("user_id", "name").order_by("id")
    return {ids[row.user_id]: row.name for row in rows if row.user_id in ids}
