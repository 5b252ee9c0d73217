"""From a question to its evidence, with the network in between and no transaction open while it is asked.

A page is one transaction, so pages order their questions (`services.gathering`) and a worker asks them; commands and
workers ask themselves. Whatever goes wrong is an answer too: the citizen goes on with papers.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction

from portal.events.actors import Actor
from portal.isolation import Scope, use
from services.models import Evidence
from services.operations.evidence import Subject, Wish, begin_question, keep_answer
from services.sources import Answer, Question, SourceKey, answer

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Asking:
    """What a call needs of a row, so that it needs no database."""

    source: SourceKey
    question: Question


def asking_of(evidence: Evidence) -> Asking:
    return Asking(SourceKey(evidence.source), evidence.question)


def call(asking: Asking, *, now: datetime) -> Answer:
    return answer(asking.source, asking.question, now=now)


def ask_source(*, subject: Subject, wish: Wish, actor: Actor, scope: Scope, clock: Clock) -> Evidence:
    """Ask now, and wait for it: at most the time that REGISTERS_TIMEOUT gives. Never raises for what the register does.

    `scope` is what the actor may see; both short transactions are opened with it. Not inside a transaction.
    """
    if connection.in_atomic_block:
        raise ImproperlyConfigured("Never wait for a register inside a transaction: order the question instead.")
    with transaction.atomic(), use(scope):
        evidence = begin_question(subject=subject, wish=wish, later=False, actor=actor, now=clock())
        asking = asking_of(evidence)
    said = call(asking, now=clock())
    with transaction.atomic(), use(scope):
        return keep_answer(evidence_id=evidence.pk, answer=said, unit=subject.unit, actor=actor, now=clock())


def evidence_of(payload: dict[str, Any]) -> uuid.UUID:
    """Which question a delivery is about."""
    return uuid.UUID(str(payload["evidence"]))
