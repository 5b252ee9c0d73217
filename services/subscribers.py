"""What happens after a fact: questions to registers are asked by a worker, while nobody waits and nothing is locked."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from portal.events import Delivery, Remote
from services import asking, gathering
from services.models import Evidence, SubjectKind
from services.operations.evidence import Subject, begin_question, keep_answer
from services.sources import Answer, Outcome


class _Ordered:
    """Whoever ordered the question, as the delivery keeps them."""

    def __init__(self, event_actor: str) -> None:
        self.event_actor = event_actor


def _prepare(delivery: Delivery) -> asking.Asking | None:
    """Nothing when it was answered meanwhile, or forgotten with its draft."""
    evidence = Evidence.objects.filter(pk=asking.evidence_of(delivery.payload)).first()
    return asking.asking_of(evidence) if evidence and evidence.outcome == Outcome.ASKED else None


def _call(delivery: Delivery, prepared: asking.Asking | None) -> Answer | None:
    return asking.call(prepared, now=timezone.now()) if prepared else None


def _store(delivery: Delivery, reply: Any, *, now: datetime) -> None:
    evidence = Evidence.objects.filter(pk=asking.evidence_of(delivery.payload)).first()
    if evidence is None or reply is None:
        return
    actor, unit = _Ordered(delivery.actor), delivery.payload.get("unit")
    answered = keep_answer(evidence_id=evidence.pk, answer=reply, unit=unit, actor=actor, now=now)
    subject = Subject(
        kind=SubjectKind(answered.subject_kind),
        id=answered.subject_id,
        citizen_id=answered.citizen_id,
        units=tuple(answered.units),
        unit=unit,
    )
    for wish in gathering.next_wishes(answered):
        begin_question(subject=subject, wish=wish, later=True, actor=actor, now=now)


ASK = Remote(name="ask", partner="registers", prepare=_prepare, call=_call, store=_store)
