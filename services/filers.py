"""Who files, as far as the form and the dossier need to know: somebody who signed in, or who stands at a desk."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from portal.accounts.models import Citizen, Party, User
from services.models import Visit

SIGN_IN = "vneid"
CARD = "identity_card"


class Filer(Protocol):
    """`level` None: no electronic identity is involved. `updated_at`: since when it is known."""

    @property
    def party(self) -> str: ...
    @property
    def number(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def birth_on(self) -> date | None: ...
    @property
    def level(self) -> int | None: ...
    @property
    def updated_at(self) -> datetime: ...
    @property
    def user(self) -> Any: ...  # User or None


@dataclass(frozen=True, slots=True)
class Visitor:
    """Whose identity card an officer holds in hand."""

    number: str
    name: str
    birth_on: date | None
    user: User | None
    updated_at: datetime
    party: str = Party.PERSON
    level: int | None = None


def visitor_of(visit: Visit) -> Visitor:
    person = visit.person
    born = date.fromisoformat(person["birth_on"]) if person.get("birth_on") else None
    return Visitor(person["number"], person["name"], born, visit.citizen, visit.begun_at)


def vouched_by(filer: Filer) -> str:
    """Which source stands beside what they need not type."""
    return SIGN_IN if isinstance(filer, Citizen) else CARD
