"""Officers by name, for papers that outlive their posts."""

from portal.accounts.models import User
from portal.events.actors import Actor
from staff.models import Person

NAME = 120


def name_of(actor: Actor) -> str:
    """Nothing for the portal itself."""
    if not isinstance(actor, User):
        return ""
    person = Person.objects.filter(user=actor).only("name").first()
    return (person.name if person else actor.username)[:NAME]
