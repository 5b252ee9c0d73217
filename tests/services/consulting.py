"""A dossier that is worked on, the officer of the next commune, and what they are asked."""

from dataclasses import dataclass, field
from typing import Any

from portal.accounts.models import User
from services.kinds import AskedFor
from services.models import Consultation, Dossier
from services.operations.consulting import Ask, Shared, consult
from tests.cast import Member, officer
from tests.services.build import Office

QUESTION = "Cha của cháu có đăng ký kết hôn ở xã không?"


def neighbour(office: Office, username: str = "xuan", number: str = "000186000031") -> Member:
    """Works on dossiers in the next commune."""
    return officer(
        username, name="Lý Thị Xuân", number=number, unit_id=office.people.neighbour, post="civil-status-specialist"
    )


@dataclass
class Asking:
    office: Office
    dossier: Dossier
    unit_ids: list[int] = field(default_factory=list)

    def ask(self, *unit_ids: int, kind: AskedFor = AskedFor.OPINION, days: int = 3, **more: Any) -> list[Consultation]:
        office = self.office
        asks = [Ask(unit, kind, QUESTION, days) for unit in unit_ids or (office.people.neighbour,)]
        shared = more.pop("shared", Shared())
        item = office.open_step(self.dossier)
        actor: User = more.pop("actor", office.people.specialist.user)
        return consult(item=item, asks=asks, shared=shared, actor=actor, now=office.tick(), **more)

    def stage(self) -> str:
        return self.office.again(self.dossier).stage


def asking(office: Office, **more: Any) -> Asking:
    return Asking(office, office.processing(**more))
