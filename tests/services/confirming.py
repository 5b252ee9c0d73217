"""A birth that was filed online, with its draft before the citizen."""

from typing import Any

from portal.accounts.models import User
from services.kinds import Channel
from services.models import Confirmation, Dossier
from services.operations.proposing import propose_result
from tests.services.build import Office
from tests.services.working import birth_answers, first_signer

NUMBER = "001326900001"


def online(office: Office, filer: User | None, **more: Any) -> Dossier:
    """On the specialist's desk."""
    answers = {**birth_answers(office.people.home), **more.pop("answers", {})}
    return office.processing(answers=answers, filer=filer, channel=Channel.ONLINE, assisted_by=None, level=2, **more)


def propose(office: Office, dossier: Dossier, text: str = "") -> Dossier:
    return propose_result(
        item=office.open_step(dossier),
        signer=first_signer(office.people, office.now),
        text=text,
        actor=office.people.specialist.user,
        now=office.tick(),
    )


def asked(office: Office, filer: User, **more: Any) -> tuple[Dossier, Confirmation]:
    """The specialist has proposed, so the filer is asked."""
    dossier = propose(office, online(office, filer, **more))
    return office.again(dossier), Confirmation.objects.get(dossier=dossier, state="open")
