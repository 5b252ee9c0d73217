"""Drafting an act and changing its rows."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from portal.events import record
from portal.events.actors import Actor
from units.handovers.rules import check_rule
from units.models import ReorgChange, ReorgEvent, ReorgSource, Unit
from units.operations.errors import BadHead
from units.operations.heads import Head, check_head
from units.operations.rows import Problems, Ref, Result, Source, check_given, table_of
from units.operations.steps import lock, permit, rows_digest
from units.states import TRANSITIONS, Action, ActState

MOST_AUTHORS = 100


@transaction.atomic
def draft_act(
    *, head: Head, results: Sequence[Result] = (), sources: Sequence[Source] = (), actor: Actor, now: datetime
) -> ReorgEvent:
    """An act that nobody is bound by yet. Its rows are judged against the tree when it is simulated."""
    head = check_head(head, now)  # a correction is drafted where the act that it corrects lies
    permit(actor, TRANSITIONS[Action.DRAFT].capability, head.unit_id)
    _check(results, sources)
    act = ReorgEvent(state=TRANSITIONS[Action.DRAFT].target, authors=[actor.event_actor])
    _take_head(act, head)
    _save(act)
    facts = {"kind": act.kind, "effective_on": act.effective_on} | _write_rows(act, results, sources)
    record(
        TRANSITIONS[Action.DRAFT].fact, subject=act, actor=actor, unit=act.unit_id, at=now, after=act.state,
        facts={"legal_no": act.legal_no, **facts},
    )  # fmt: skip
    return act


@transaction.atomic
def revise_act(
    *,
    act_id: int,
    head: Head | None = None,
    results: Sequence[Result],
    sources: Sequence[Source],
    expected: int | None = None,
    actor: Actor,
    now: datetime,
) -> ReorgEvent:
    """Other rows, all of them at once. A simulated act goes back into drafting: its figures hold no more."""
    act = lock(act_id, Action.REVISE, actor, expected, also=[ActState.DRAFT])
    _check(results, sources)
    before = act.state
    act.authors = sorted({*act.authors, actor.event_actor})[:MOST_AUTHORS]
    if head is not None:
        unit_id, named = act.unit_id or head.unit_id, head.file_sha256 or bytes(act.file_sha256 or b"") or None
        _take_head(act, check_head(replace(head, unit_id=unit_id, corrects=act.corrects_id, file_sha256=named), now))
    act.state, act.revision = TRANSITIONS[Action.REVISE].target, act.revision + 1
    _save(act)  # before the rows: the database lets those of drafts change only
    facts = {"legal_no": act.legal_no} | _write_rows(act, results, sources)
    fact = TRANSITIONS[Action.REVISE].fact
    record(fact, subject=act, actor=actor, unit=act.unit_id, at=now, before=before, after=act.state, facts=facts)
    return act


def _check(results: Sequence[Result], sources: Sequence[Source]) -> None:
    check_given(results, sources)
    there = set(Unit.objects.filter(pk__in={row.old_id for row in sources}).values_list("pk", flat=True))
    problems = Problems()
    for number, row in enumerate(sources, 1):
        if row.old_id not in there:
            problems.source(number, "unknown", _("there is no unit %(id)s") % {"id": row.old_id})
    problems.hold()


def _take_head(act: ReorgEvent, head: Head) -> None:
    act.kind, act.legal_no, act.legal_date = head.kind, head.legal_no.strip(), head.legal_date
    act.effective_on, act.effective_on_confirmed = head.effective_on, True
    act.title, act.note, act.decide_days = head.title.strip(), head.note.strip(), head.decide_days
    act.unit_id, act.corrects_id = head.unit_id, head.corrects
    act.file_sha256 = head.file_sha256


def _save(act: ReorgEvent) -> None:
    try:
        with transaction.atomic():
            act.save()
    except IntegrityError as error:
        if "reorg_event_once" in str(error):
            words = _("An act of this kind with the number %(number)s is here already.")
            raise BadHead("legal_no", words % {"number": act.legal_no}) from error
        raise


def _write_rows(act: ReorgEvent, results: Sequence[Result], sources: Sequence[Source]) -> dict[str, object]:
    """New units keep the id that their key had before; others get the next ones."""
    known = {row.key: row.unit_id for row in act.changes.filter(is_new=True)}
    again = set()
    if act.corrects is not None:
        again = set(act.corrects.changes.filter(is_new=True).values_list("unit_id", flat=True))
    ids = _ids(results, known)
    act.changes.all().delete()
    act.sources.all().delete()
    ReorgChange.objects.bulk_create(
        ReorgChange(
            event=act, position=number, key=row.key, unit_id=ids[row.key],
            is_new=row.unit_id is None or row.unit_id in again, name=row.name, type=row.type,
            parent_id=_unit(row.parent, ids), code=row.code, axis_code=row.axis_code,
        )
        for number, row in enumerate(results, 1)
    )  # fmt: skip
    ReorgSource.objects.bulk_create(
        ReorgSource(
            event=act, position=number, old_id=row.old_id, new_id=_unit(row.into, ids), share=row.share,
            is_default=row.is_default, rule=check_rule(row.rule),
        )
        for number, row in enumerate(sources, 1)
    )  # fmt: skip
    return {"rows": len(results) + len(sources), "rows_digest": rows_digest(act, table_of(act)).hex()}


def _unit(ref: Ref, ids: Mapping[str, int]) -> int | None:
    return ids[ref] if isinstance(ref, str) else ref


def _ids(results: Sequence[Result], known: Mapping[str, int]) -> dict[str, int]:
    ids = {row.key: row.unit_id or known.get(row.key, 0) for row in results}
    wanting = [key for key, unit_id in ids.items() if not unit_id]
    if wanting:
        with connection.cursor() as cursor:
            cursor.execute(
                "select nextval(pg_get_serial_sequence('units_unit', 'id')) from generate_series(1, %s)", [len(wanting)]
            )
            ids |= {key: row[0] for key, row in zip(wanting, cursor.fetchall(), strict=True)}
    return ids
