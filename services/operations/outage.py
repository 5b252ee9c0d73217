"""The desk goes on when the network is down: codes set aside on paper, entered afterwards, none of them twice."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.accounts.models import User
from portal.events import record
from services.errors import (
    BadBlockError,
    NoReasonError,
    NotAllowedError,
    NumberTakenError,
    WrongMomentError,
    WrongStateError,
)
from services.events import Fact
from services.interlinked import organ_of_code
from services.models import Dossier, PaperBlock, PaperNumber
from services.operations.codes import take_code
from services.operations.moving import lock
from services.operations.reception import accept
from services.paper_numbers import NumberState
from services.policies import Capability, may_at

MOST = 200  # numbers at once; a desk receives fewer on one day
AHEAD = timedelta(days=7)


@transaction.atomic
def set_numbers_aside(*, unit_id: int, day: date, count: int, reason: str, actor: User, now: datetime) -> PaperBlock:
    """The next codes of that day, which nobody gets otherwise. Raises NotAllowedError, BadBlockError, NoReasonError."""
    if not may_at(actor, Capability.RECEIVE, unit_id):
        raise NotAllowedError
    if not reason.strip():
        raise NoReasonError
    if not (1 <= count <= MOST and localdate(now) <= day <= localdate(now) + AHEAD):
        raise BadBlockError
    block = PaperBlock.objects.create(unit_id=unit_id, day=day, reason=reason.strip(), taken_by=actor, taken_at=now)
    codes = [take_code(unit_id=unit_id, day=day) for _number in range(count)]
    facts = {"day": day, "first": codes[0], "last": codes[-1], "count": count}
    record(Fact.NUMBERS_SET_ASIDE, subject=block, actor=actor, unit=unit_id, at=now, facts=facts)
    for code in codes:
        number = PaperNumber(block=block, code=code, state=NumberState.FREE.value)
        number.save(force_insert=True)
        _tell(Fact.PAPER_NUMBER_FREE, number, "", actor, now)
    return block


@transaction.atomic
def accept_on_paper(
    *, dossier: Dossier, number: PaperNumber | None, received_at: datetime, proof: str, actor: User, now: datetime,
    revision: int | None = None,
) -> Dossier:  # fmt: skip  # as a call reads
    """Enter what was received on paper: the dossier bears the code that its filer was given, and its clock started
    then. `proof` says where the paper is kept.

    A desk that receives for another organ has no code of that organ on paper (Đ.28): the dossier gets one now, and the
    number on the paper becomes void and leads to it. Without a number nothing was set aside for that day.
    Raises what `accept` does, and NumberTakenError, WrongMomentError.
    """
    if number is None:
        if not now - AHEAD <= received_at <= now:
            raise WrongMomentError
        return accept(dossier=dossier, actor=actor, now=now, revision=revision, really_at=received_at, proof=proof)
    locked = _free(number, actor)
    block = locked.block
    if localdate(received_at) != block.day or received_at > now:
        raise WrongMomentError
    as_it_stands = lock(dossier)
    fits = organ_of_code(as_it_stands, localdate(now)) == block.unit_id
    if not fits and as_it_stands.receiving_unit_id != block.unit_id:
        raise NumberTakenError
    code = locked.code if fits else ""
    done = accept(
        dossier=dossier, actor=actor, now=now, revision=revision, really_at=received_at, proof=proof, code=code
    )
    locked.state = NumberState.USED.value if fits else NumberState.VOID.value
    locked.dossier, locked.ended_at, locked.note = done, now, "" if fits else _replaced(done)
    locked.save(update_fields=["state", "dossier", "ended_at", "note"])
    fact = Fact.PAPER_NUMBER_USED if fits else Fact.PAPER_NUMBER_VOID
    _tell(fact, locked, NumberState.FREE.value, actor, now)
    return done


def _replaced(dossier: Dossier) -> str:
    with override("vi"):  # it stays with the number, whatever language its officer reads
        return _("Another organ decides; the dossier bears its code %(code)s") % {"code": dossier.code}


@transaction.atomic
def void_rest(*, block: PaperBlock, reason: str, actor: User, now: datetime) -> int:
    """All that were not used; how many. Raises NotAllowedError, NoReasonError, WrongStateError.

    Only when the day is over: until then a colleague at another counter may still give one out.
    """
    if not may_at(actor, Capability.RECEIVE, block.unit_id):
        raise NotAllowedError
    if localdate(now) <= block.day:
        raise WrongStateError
    free = PaperNumber.objects.filter(block=block, state=NumberState.FREE.value).order_by("code", "id")
    for number in free:
        void_number(number=number, reason=reason, actor=actor, now=now)
    return len(free)


@transaction.atomic
def void_number(*, number: PaperNumber, reason: str, actor: User, now: datetime) -> PaperNumber:
    """It was not used, or spoiled: nobody gets it any more. Raises NotAllowedError, NumberTakenError, NoReasonError."""
    locked = _free(number, actor)
    if not reason.strip():
        raise NoReasonError
    locked.state, locked.note, locked.ended_at = NumberState.VOID.value, reason.strip(), now
    locked.save(update_fields=["state", "note", "ended_at"])
    _tell(Fact.PAPER_NUMBER_VOID, locked, NumberState.FREE.value, actor, now)
    return locked


def _free(number: PaperNumber, actor: User) -> PaperNumber:
    locked = PaperNumber.objects.select_for_update(of=("self",)).select_related("block").get(pk=number.pk)
    if not may_at(actor, Capability.RECEIVE, locked.block.unit_id):
        raise NotAllowedError
    if locked.state != NumberState.FREE:
        raise NumberTakenError
    return locked


def _tell(fact: Fact, number: PaperNumber, before: str, actor: User, now: datetime) -> None:
    facts = {"code": number.code, "block": str(number.block_id)}
    if number.dossier_id:
        facts["dossier"] = str(number.dossier_id)
    record(
        fact,
        subject=number,
        actor=actor,
        unit=number.block.unit_id,
        at=now,
        before=before,
        after=number.state,
        facts=facts,
    )
