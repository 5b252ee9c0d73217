"""What a dossier costs: reckoned when it is filed, assessed anew at the desk, with the exemption and its evidence."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from portal.accounts.models import User
from portal.events.actors import Actor
from services.errors import NoReasonError, NotAllowedError, WrongStateError
from services.events import Fact
from services.fees import MOST, Calculation, calculate
from services.models import Answers, Dossier, Fee
from services.models.fees import EVIDENCE_LENGTH, GROUND_LENGTH
from services.money_errors import NoEvidenceError, NoSuchExemptionError
from services.money_policies import may_assess, may_pay
from services.money_rules import Exemption, money_rules_on
from services.operations.moving import lock, save, tell
from services.operations.paying import end_open_payments, go_on_if_paid
from services.operations.refunds import give_back_surplus
from services.queries.money import ENDED, current_fee, is_asked
from services.states import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """`amount` instead of what the version says needs its `ground`; an exemption needs its evidence."""

    amount: int | None = None
    ground: str = ""
    exemption: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """An exemption that somebody asks for, with number and date of what proves it."""

    exemption: str
    evidence: str


@transaction.atomic(savepoint=False)
def assess_filing(
    *, dossier: Dossier, answers: Answers, actor: Actor, now: datetime, claim: Claim | None = None
) -> Fee | None:
    """With the filing, inside its transaction. None where the version says nothing of fees. An exemption that is asked
    for with it waits for the desk; where nothing is to be paid there is nothing to ask.
    """
    if not dossier.version.parts.get("fees"):
        return None
    told = calculate(dossier.version, channel=dossier.channel, answers=answers, on=localdate(now))
    fee = _keep(dossier, told, 1, Assessment(), None, actor=actor, now=now)
    if claim is not None and fee.amount != 0:
        _claim(dossier, fee, claim, actor=actor, now=now)
    return fee


@transaction.atomic
def assess_fee(*, dossier: Dossier, said: Assessment, actor: User, now: datetime, revision: int | None = None) -> Fee:
    """The desk's word on what is to be paid. What was paid too much by it goes back.

    Raises NotAllowedError, StaleError, WrongStateError, NoReasonError, NoEvidenceError, NoSuchExemptionError.
    """
    locked = lock(dossier, revision=revision)
    if not may_assess(actor, locked):
        raise NotAllowedError
    if State(locked.state) in ENDED:
        raise WrongStateError
    exemption = _exemption(locked, said.exemption, localdate(now))
    if said.amount is not None and (not said.ground.strip() or not 0 <= said.amount <= MOST):
        raise NoReasonError
    if exemption and not said.evidence.strip():
        raise NoEvidenceError
    asked = current_fee(locked)
    fee = _write(locked, said, exemption, actor=actor, now=now)
    if asked is not None and is_asked(asked):
        _answer(locked, asked, fee, actor=actor, now=now)
    save(locked)
    end_open_payments(dossier=locked, actor=actor, now=now)
    give_back_surplus(dossier=locked, fee=fee, actor=actor, now=now)
    go_on_if_paid(dossier=locked, actor=actor, now=now)
    return fee


@transaction.atomic
def claim_exemption(*, dossier: Dossier, exemption: str, evidence: str, actor: User, now: datetime) -> Fee:
    """The citizen says why less is to be paid; the desk looks at the paper and decides.

    Raises NotAllowedError, WrongStateError, NoEvidenceError, NoSuchExemptionError.
    """
    locked = lock(dossier)
    if not may_pay(actor, locked):
        raise NotAllowedError
    fee = current_fee(locked)
    if fee is None or fee.amount == 0 or State(locked.state) in ENDED:
        raise WrongStateError
    if _exemption(locked, exemption, localdate(now)) is None:
        raise NoSuchExemptionError
    if not evidence.strip():
        raise NoEvidenceError
    _claim(locked, fee, Claim(exemption, evidence), actor=actor, now=now)
    return fee


@transaction.atomic
def deny_exemption(*, dossier: Dossier, reason: str, actor: User, now: datetime, revision: int | None = None) -> Fee:
    """The paper does not prove it: the fee stays as it was assessed, and its people read why and how to pay.

    Raises NotAllowedError, StaleError, WrongStateError, NoReasonError.
    """
    locked = lock(dossier, revision=revision)
    if not may_assess(actor, locked):
        raise NotAllowedError
    fee = current_fee(locked)
    if fee is None or not is_asked(fee) or State(locked.state) in ENDED:
        raise WrongStateError
    if not reason.strip():
        raise NoReasonError
    fee.claim_answer, fee.claim_denied_at = reason.strip()[:GROUND_LENGTH], now
    fee.save(update_fields=["claim_answer", "claim_denied_at"])
    save(locked)
    facts = {"fee": str(fee.pk), "exemption": fee.claimed, "amount": fee.amount}
    tell(Fact.EXEMPTION_DENIED, locked, actor=actor, now=now, facts=facts)
    return fee


def _claim(dossier: Dossier, fee: Fee, claim: Claim, *, actor: Actor, now: datetime) -> None:
    fee.claimed, fee.claim_evidence, fee.claimed_at = claim.exemption, claim.evidence.strip()[:EVIDENCE_LENGTH], now
    fee.claim_answer, fee.claim_denied_at = "", None
    fee.save(update_fields=["claimed", "claim_evidence", "claimed_at", "claim_answer", "claim_denied_at"])
    facts = {"fee": str(fee.pk), "exemption": claim.exemption}
    tell(Fact.EXEMPTION_CLAIMED, dossier, actor=actor, now=now, facts=facts)


def _answer(dossier: Dossier, asked: Fee, fee: Fee, *, actor: Actor, now: datetime) -> None:
    """What was asked for is granted by the new assessment, or goes on waiting on it: nothing gets lost."""
    if fee.exemption:
        facts = {"fee": str(fee.pk), "exemption": fee.exemption, "asked": asked.claimed}
        tell(Fact.EXEMPTION_ACCEPTED, dossier, actor=actor, now=now, facts=facts)
    elif fee.amount != 0:
        fee.claimed, fee.claim_evidence, fee.claimed_at = asked.claimed, asked.claim_evidence, asked.claimed_at
        fee.save(update_fields=["claimed", "claim_evidence", "claimed_at"])


def _exemption(dossier: Dossier, key: str, on: date) -> Exemption | None:
    if not key:
        return None
    offered = money_rules_on(on).exemptions_of(dossier.version.field)
    found = next((one for one in offered if one.key == key), None)
    if found is None:
        raise NoSuchExemptionError
    return found


def _write(dossier: Dossier, said: Assessment, exemption: Exemption | None, *, actor: Actor, now: datetime) -> Fee:
    """A new row; the one before is replaced, and stays."""
    before = current_fee(dossier)
    if before is not None:
        before.replaced_at = now
        before.save(update_fields=["replaced_at"])
    told = calculate(
        dossier.version,
        channel=dossier.channel,
        answers=dossier.answers,
        on=localdate(now),
        exemption=exemption,
        filed_on=localdate(dossier.submitted_at),
        by_hand=said.amount,
    )
    return _keep(dossier, told, before.number + 1 if before else 1, said, exemption, actor=actor, now=now)


def _keep(
    dossier: Dossier,
    told: Calculation,
    number: int,
    said: Assessment,
    exemption: Exemption | None,
    *,
    actor: Actor,
    now: datetime,
) -> Fee:
    fee = Fee.objects.create(
        dossier=dossier,
        number=number,
        lines=told.kept(),
        amount=told.amount,
        exemption=exemption.key if exemption else "",
        evidence=said.evidence.strip()[:EVIDENCE_LENGTH] if exemption else "",
        ground=(said.ground.strip() or (exemption.ground if exemption else ""))[:GROUND_LENGTH],
        assessed_at=now,
        assessed_by=actor.event_actor,
    )
    facts = {"fee": str(fee.pk), "amount": fee.amount, "exemption": fee.exemption}
    tell(Fact.FEE_ASSESSED, dossier, actor=actor, now=now, facts=facts)
    return fee
