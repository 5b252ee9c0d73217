"""Registers that answer instead of papers: what this app asks them, and what they may answer.

The registers themselves live in `integrations`; the setting DATA_SOURCES names them, PERSONAL_NUMBERS who issues the
number of a newborn. Nothing here touches the database, so a call may stand outside of every transaction.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any, Protocol

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

Values = Mapping[str, Any]  # our names -> what JSON can hold


class SourceKey(StrEnum):
    """The values of a component's `replaceable_by`."""

    POPULATION = "population"
    CIVIL_STATUS = "civil_status"
    BIRTH_NOTICE = "birth_notice"
    DEATH_NOTICE = "death_notice"
    BUSINESS = "business"
    ISSUED_RESULT = "issued_result"
    LAND = "land"
    CRIMINAL_RECORD = "criminal_record"


class Query(StrEnum):
    """What is asked; each source answers some of these."""

    PERSON = "person"
    MARRIAGE = "marriage"
    BIRTH = "birth"
    DEATH = "death"
    NEWBORN = "newborn"
    DECEASED = "deceased"
    BUSINESS = "business"
    RESULTS = "results"


class Outcome(StrEnum):
    """How a question stands. It begins as asked and is answered once."""

    ASKED = "asked"
    FOUND = "found"
    NOT_FOUND = "not_found"
    AWAY = "away"


class Reason(StrEnum):
    """Why a register did not answer; then papers are taken as before."""

    NOT_CONNECTED = "not_connected"
    TIMEOUT = "timeout"
    FAILED = "failed"  # an error of theirs, or no connection
    GARBAGE = "garbage"  # an answer that makes no sense, or that is about somebody else
    REFUSED = "refused"  # they do not let us ask this
    RESTING = "resting"  # failed so often lately that it is left alone for a while


class Why(StrEnum):
    """What for a register is asked; recorded with every question."""

    PREFILL = "prefill"
    REPLACE = "replace"
    RECHECK = "recheck"


NAMES: dict[SourceKey, str | Promise] = {
    SourceKey.POPULATION: _("National population database"),
    SourceKey.CIVIL_STATUS: _("Electronic civil-status database"),
    SourceKey.BIRTH_NOTICE: _("Electronic birth notices of hospitals"),
    SourceKey.DEATH_NOTICE: _("Electronic death notices"),
    SourceKey.BUSINESS: _("Business register"),
    SourceKey.ISSUED_RESULT: _("Store of issued results"),
    SourceKey.LAND: _("Land database"),
    SourceKey.CRIMINAL_RECORD: _("Criminal record database"),
}
MATCHES: dict[SourceKey, str | Promise] = {
    SourceKey.POPULATION: _("Matches the population database"),
    SourceKey.CIVIL_STATUS: _("Matches the civil-status database"),
    SourceKey.BIRTH_NOTICE: _("From the hospital's birth notice"),
    SourceKey.DEATH_NOTICE: _("From the death notice"),
    SourceKey.BUSINESS: _("Matches the business register"),
    SourceKey.ISSUED_RESULT: _("From an issued result"),
    SourceKey.LAND: _("Matches the land database"),
    SourceKey.CRIMINAL_RECORD: _("Matches the criminal record database"),
}


@dataclass(frozen=True, slots=True)
class Who:
    """Whom a question is about. A register answers when all three fit the same person, else nothing."""

    number: str
    name: str
    birth_on: date | None

    def is_complete(self) -> bool:
        return len(self.number) == 12 and self.number.isdecimal() and bool(self.name.strip()) and bool(self.birth_on)


@dataclass(frozen=True, slots=True)
class Question:
    """One question about one person (or one number of an organisation), for one dossier and one purpose.

    `id` is unique per question and the same when it is repeated (MaYeuCau). Only the values in `fields` come
    back. `procedure` is its code; `officer` the id of who asks, empty when citizens ask about themselves.
    """

    id: uuid.UUID
    query: Query
    who: Who
    fields: tuple[str, ...]
    purpose: Why
    procedure: str = ""
    officer: str = ""
    also: Mapping[str, str] = field(default_factory=dict)  # a notice's number, a spouse's number, codes of results


@dataclass(frozen=True, slots=True)
class Found:
    """`source_ref` is what the register calls its entry; `valid_until` None when it does not say."""

    source: SourceKey
    source_ref: str
    moment: datetime
    values: Values
    valid_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class NotFound:
    """The register answered: nobody fits. It never says which of number, name and birth date was wrong."""

    source: SourceKey
    moment: datetime


@dataclass(frozen=True, slots=True)
class Away:
    source: SourceKey
    reason: Reason


Answer = Found | NotFound | Away


class DataSource(Protocol):
    """A register. It bounds its own time, keeps nothing, and never raises for what the other side does wrong."""

    offers: Mapping[Query, tuple[str, ...]]  # the names of the values it can answer

    def ask(self, question: Question, *, now: datetime) -> Answer: ...


@dataclass(frozen=True, slots=True)
class Newborn:
    """Whose personal number is asked for."""

    name: str
    birth_on: date
    sex: str
    ethnicity: str
    nationality: str
    mother: Who | None
    father: Who | None
    birth_entry: str  # number and book of the entry in the register of births


@dataclass(frozen=True, slots=True)
class Pending:
    """Asked, and not answered yet: look again later with the same key."""

    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Issued:
    number: str
    issued_at: datetime


class PersonalNumbers(Protocol):
    """Issues personal numbers, some time after it was asked. The same `key` never gives two numbers."""

    def request(self, newborn: Newborn, *, key: uuid.UUID, now: datetime) -> Pending | Issued | Away: ...

    def look(self, *, key: uuid.UUID, now: datetime) -> Pending | Issued | NotFound | Away: ...


@cache
def _made(path: str) -> Any:
    return import_string(path)()


def source(key: SourceKey) -> DataSource | None:
    """The register of this key, or nothing when the portal is not connected to it."""
    path = settings.DATA_SOURCES.get(key.value)
    found: DataSource | None = _made(path) if path else None
    return found


def offered(key: SourceKey, query: Query) -> tuple[str, ...]:
    """The values that this register can answer to the query; empty when it can't be asked."""
    found = source(key)
    return tuple(found.offers.get(query, ())) if found else ()


def answer(key: SourceKey, question: Question, *, now: datetime) -> Answer:
    """Ask over the network. Call it outside of transactions: it may take seconds."""
    found = source(key)
    if found is None or question.query not in found.offers:
        return Away(key, Reason.NOT_CONNECTED)
    said = found.ask(question, now=now)
    if isinstance(said, Found):  # whatever a register sends along, nobody here gets more than was asked for
        kept = {name: value for name, value in said.values.items() if name in question.fields}
        return Found(said.source, said.source_ref, said.moment, kept, said.valid_until)
    return said


def personal_numbers() -> PersonalNumbers:
    found: PersonalNumbers = _made(settings.PERSONAL_NUMBERS)
    return found
