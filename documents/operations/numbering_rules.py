"""What the head of an organ decides about numbers: abbreviations, and which types run in a series of their own."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import QuerySet

from documents.catalogue import UnknownTypeError, document_type, series
from documents.models import OrganAbbreviation, SeriesRule
from documents.models.registers import CODE_LENGTH, DECISION_LENGTH, Ruled
from documents.policies import Asker, Capability, may
from documents.registers.errors import BadRuleError, NotAllowedError, UnknownSeriesError
from documents.registers.events import Fact
from documents.registers.rows import clean
from documents.registers.states import GENERAL, BookKind
from portal.events import record
from portal.events.actors import System

ABBREVIATION_LENGTH = 12


@transaction.atomic
def fix_abbreviation(
    *,
    unit_id: int,
    division: str,
    abbreviation: str,
    first_day: date,
    decision_no: str,
    decision_on: date,
    actor: Asker | System,
    now: datetime,
) -> OrganAbbreviation:
    """How the organ (no division) or a division is written from a day on. NĐ 30/2020 PL I"""
    short = clean(abbreviation)
    if not short.isalnum() or len(short) > ABBREVIATION_LENGTH or short != short.upper() or len(division) > CODE_LENGTH:
        raise BadRuleError
    row = OrganAbbreviation(unit_id=unit_id, division=clean(division), abbreviation=short)
    key = {"unit_id": unit_id, "division": row.division}
    decided: dict[str, Any] = {"first_day": first_day, "decision_no": decision_no, "decision_on": decision_on}
    _begin(row, rows=OrganAbbreviation.objects.filter(**key), actor=actor, now=now, **decided)
    facts = {"division": row.division, "abbreviation": short, "from": first_day, "decision": row.decision_no}
    record(Fact.ABBREVIATION_FIXED, subject=row, actor=actor, unit=unit_id, at=now, facts=facts)
    return row


@transaction.atomic
def split_series(
    *,
    unit_id: int,
    type_code: str,
    apart: bool,
    first_day: date,
    decision_no: str,
    decision_on: date,
    actor: Asker | System,
    now: datetime,
) -> SeriesRule:
    """From a day on, documents of the type run in a series of their own, or again in the general one.

    A series that begins within a year begins at 01; the numbers given before stay where they are. NĐ 30/2020 Đ.15.1c
    """
    try:
        kind = document_type(type_code, first_day)
    except UnknownTypeError as error:
        raise UnknownSeriesError from error
    if kind.series or type_code in {row.code for row in series(BookKind.OUTGOING, first_day)}:
        raise UnknownSeriesError  # the law has given it its own
    row = SeriesRule(unit_id=unit_id, type_code=type_code, series=type_code if apart else GENERAL)
    key = {"unit_id": unit_id, "type_code": type_code}
    decided: dict[str, Any] = {"first_day": first_day, "decision_no": decision_no, "decision_on": decision_on}
    _begin(row, rows=SeriesRule.objects.filter(**key), actor=actor, now=now, **decided)
    facts = {"type": type_code, "series": row.series, "from": first_day, "decision": row.decision_no}
    record(Fact.SERIES_SPLIT, subject=row, actor=actor, unit=unit_id, at=now, facts=facts)
    return row


def _begin(
    row: Ruled,
    *,
    rows: QuerySet[Any, Any],
    first_day: date,
    decision_no: str,
    decision_on: date,
    actor: Asker | System,
    now: datetime,
) -> None:
    """Ends the row that holds on the first day and writes the new one. A row that begins later is not overwritten."""
    if not may(actor, Capability.REGISTER_RULE, row.unit_id):
        raise NotAllowedError
    number = clean(decision_no)
    if not number or len(number) > DECISION_LENGTH:
        raise BadRuleError
    current = rows.select_for_update().filter(valid__contains=first_day).order_by("id").first()
    if current is not None:
        if current.valid.lower == first_day:
            raise BadRuleError
        current.valid = DateRange(current.valid.lower, first_day)
        current.save(update_fields=["valid"])
    row.valid, row.decision_no, row.decision_on, row.recorded_at = DateRange(first_day, None), number, decision_on, now
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise BadRuleError from error
