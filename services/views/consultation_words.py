"""Questions to other units as the pages show them, for those who asked and for those who are asked."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _

from services.kinds import AskedFor
from services.models import Consultation, WorkItem
from services.states import ConsultationState
from services.wording_consultations import KINDS, OPINIONS, STATES
from units.queries.nearest import nearest_versions

Context = dict[str, Any]


def unit_names(rows: Iterable[Consultation], on: date) -> dict[int, str]:
    ids = {unit for row in rows for unit in (row.unit_id, row.asking_unit_id)}
    return {unit: version.full_name for unit, version in nearest_versions(ids, on).items()}


def lines(rows: Sequence[Consultation], now: datetime) -> list[Context]:
    """One entry of a list."""
    names = unit_names(rows, now.date())
    return [line(row, names, now) for row in rows]


def line(row: Consultation, names: dict[int, str], now: datetime) -> Context:
    words, colour = STATES[row.state]
    return {
        "row": row,
        "code": row.asked["code"],
        "procedure": row.asked["procedure"],
        "unit": names.get(row.unit_id, ""),
        "asking": names.get(row.asking_unit_id, ""),
        "kind": KINDS[row.kind],
        "state": words,
        "colour": colour,
        "is_late": row.is_late(now),
        "is_near": row.state == ConsultationState.OPEN and row.reminded_at is not None,
        "opinion": OPINIONS.get(row.opinion, ""),
    }


def further_deeds(item: WorkItem, offered: Mapping[str, bool], asked: Iterable[Consultation]) -> list[tuple[str, str]]:
    """What the holder of a step may do with others, as (words, address)."""
    found = [(_("Ask another organ"), "services:work-consult")] if offered["consult"] else []
    if any(row.kind == AskedFor.TASK and row.is_pending for row in asked):
        found.append((_("Print the transfer slip (PDF)"), "services:work-slip"))
    return [(words, reverse(name, args=[item.pk])) for words, name in found]


def with_answers_in_words(rows: Sequence[Consultation], now: datetime) -> list[Context]:
    """For the officers of the dossier: each question with its answer and the papers that came with it."""
    if not rows:
        return []
    prefetch_related_objects(rows, "files__file")
    told = []
    for entry in lines(rows, now):
        row: Consultation = entry["row"]
        files = [one.file for one in row.files.all() if one.is_answer]
        told.append(entry | {"files": files, "by": row.answerer})
    return told
