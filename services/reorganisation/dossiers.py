"""Open dossiers, their steps, drafts and questions to other units. What is closed stays with the unit that decided."""

import uuid
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, time

from django.db.models import Count as Number
from django.db.models import Min, Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from portal.events import Told, record_all
from portal.events.actors import Actor
from services.events import Fact
from services.kinds import Given
from services.models import Consultation, Dossier, Draft, Handover, WorkItem
from services.models.dossiers import DossierQuerySet
from services.operations.moving import save, tell
from services.operations.result_events import send_back_result
from services.policies import RESULT_ON_ITS_WAY
from services.reorganisation import holding, moves, papers
from services.reorganisation.cases import case_of
from services.reorganisation.counting import grouped
from services.reorganisation.moves import Follower
from services.reorganisation.telling import dossiers
from services.states import ItemState, Stage, State, at_rest
from services.wording_desk import STATES
from services.wording_work import ITEM_STATES
from units.handovers import (
    Applied,
    Blocker,
    Case,
    Count,
    Cure,
    Finding,
    Held,
    Move,
    Preview,
    Reorganisation,
    Undecided,
    Words,
)
from units.handovers import Told as What
from units.models import ReorgEvent, UndecidedItem
from units.operations.steps import ZONE

SUBJECT = "services.dossier"
BATCH = 500
LIVE = [ItemState.WAITING.value, ItemState.OPEN.value]


class Dossiers:
    """One event, one hand-over and one notice for each open dossier; code, PIN, clock and history stay as they are."""

    name, order = "services.dossiers", 30
    words = Words(
        things={
            "dossier": _("Open dossiers"),
            "closed": _("Closed dossiers"),
            "step": _("Open steps of dossiers"),
            "consultation": _("Questions from other units"),
            "draft": _("Drafts of citizens and desks"),
        },
        states={state.value: words for state, words in STATES.items()}
        | {state: ITEM_STATES[state][0] for state in (ItemState.WAITING, ItemState.OPEN)},
        blockers={
            "no-successor": Cure(
                _("%(unit)s has %(number)s open dossiers and no successor"),
                _("Name the unit in the act that takes them over, or let them be decided before the day."),
            ),
            "result-on-its-way": Cure(
                _("%(number)s results of %(unit)s wait for a signature or a number"),
                _("Sign and number them before the day. What is left is drafted anew in the name of the new unit."),
            ),
            "no-account": Cure(
                _("%(unit)s takes over fees and has no account to collect them from the day on"),
                _("Enter its account once the act is scheduled, from the day on; until then fees are taken in cash."),
            ),
        },
        findings={
            "dossier-left": _("%(number)s open dossiers lie with a unit that has ended"),
            "step-left": _("%(number)s open steps lie with a unit that has ended"),
            "question-left": _("%(number)s questions wait at a unit that has ended"),
            "draft-left": _("%(number)s drafts are addressed to a unit that has ended"),
            "code-twice": _("%(number)s dossier codes of %(unit)s were given twice"),
        },
    )

    def count(self, units: Collection[int]) -> Iterator[Count]:
        ids = sorted(units)
        held = Dossier.objects.open().filter(responsible_unit__in=ids)
        for unit, state, officer, number in grouped(held, "responsible_unit", "state", "holder"):
            yield Count("dossier", unit, number, state, officer)
        steps = WorkItem.objects.filter(unit__in=ids, state__in=LIVE)
        for unit, state, officer, number in grouped(steps, "unit", "state", "officer"):
            yield Count("step", unit, number, state, officer)
        for unit, state, number in grouped(Consultation.objects.pending().filter(unit__in=ids), "unit", "state"):
            yield Count("consultation", unit, number, state)
        yield from holding.loose(ids)

    def preview(self, act: Reorganisation) -> Preview:
        return Preview(list(self.count(act.ending)), list(self._blockers(act)))

    def _blockers(self, act: Reorganisation) -> Iterator[Blocker]:
        orphans = [unit for unit in sorted(act.ending) if act.main_heir(unit) is None]
        for unit, number in grouped(Dossier.objects.open().filter(responsible_unit__in=orphans), "responsible_unit"):
            yield Blocker("no-successor", unit, number)
        for unit, number in grouped(_on_its_way(act), "competent_unit"):
            yield Blocker("result-on-its-way", unit, number, stops=False)
        collecting = holding.collecting({*act.ending, *act.receiving}, act.effective_on)
        for unit in sorted({act.main_heir(old) or old for old in act.ending & collecting} - collecting):
            yield Blocker("no-account", unit, stops=False, url=reverse("services:finance-account", args=[unit]))

    def hold(self, act: Reorganisation) -> Held:
        return holding.hold(act.ending)

    def apply(self, act: Reorganisation, *, now: datetime, actor: Actor) -> Applied:
        _take_back_results(act, now=now, actor=actor)
        taken = moves.take(act.ending)
        cases = _cases(taken, act)
        led = [moves.led(one, act, cases) for one in taken]
        led += [] if act.corrects is None else _led_again(act, act.corrects)
        moved = [one for one in led if one.pairs]
        self._hand_over(moved, act, now=now, actor=actor)
        counted = Counter((one.from_unit, one.to_unit, one.state) for one in moved if one.from_unit != one.to_unit)
        return Applied(
            moves=[
                *(Move("dossier", before, after, number, state) for (before, after, state), number in counted.items()),
                *_redirect_questions(act, now=now, actor=actor),
                *_redirect_drafts(act),
            ],
            undecided=[
                Undecided((SUBJECT, str(one.pk)), one.from_unit, one.to_unit) for one in moved if not one.is_decided
            ],
        )

    def _hand_over(self, moved: Sequence[Follower], act: Reorganisation, *, now: datetime, actor: Actor) -> None:
        if not moved:
            return
        moves.write(moved, localdate(now))
        strangers = ((one.pk, after) for one in moved for before, after in one.pairs if act.main_heir(before) != after)
        papers.follow(strangers, actor=actor, now=now)
        events = record_all(
            Fact.MOVED,
            [_told(one, act.act_id, act.legal_no) for one in moved],
            actor=actor,
            at=now,
        )
        rows = [
            _row(one, event_id, act.legal_no, now)
            for one, event_id in zip(moved, events, strict=True)
            if one.from_unit != one.to_unit
        ]
        Handover.objects.bulk_create(rows, batch_size=BATCH)

    def place(self, subject: tuple[str, str], *, from_unit: int, to_unit: int, now: datetime, actor: Actor) -> None:
        """Every part that lay with `from_unit` goes to `to_unit`; a dossier that was closed meanwhile stays."""
        act = _act_of(self.name, subject, from_unit)
        act_id, legal_no = (act.pk, act.legal_no) if act else (None, "")
        found = moves.lock(moves.followers([from_unit]).filter(pk=subject[1]))
        moved = [_replaced(one, from_unit, to_unit) for one in found]
        if not moved:
            return
        moves.write(moved, localdate(now))
        papers.follow(((one.pk, to_unit) for one in moved), actor=actor, now=now)
        events = record_all(Fact.MOVED, [_told(one, act_id, legal_no) for one in moved], actor=actor, at=now)
        rows = [_row(one, event_id, legal_no, now) for one, event_id in zip(moved, events, strict=True)]
        Handover.objects.bulk_create(rows)

    def tell(
        self, subjects: Collection[tuple[str, str]], *, reader: Actor, now: datetime
    ) -> dict[tuple[str, str], What]:
        return dossiers(subjects, reader=reader, now=now)

    def verify(self, act: Reorganisation) -> Iterator[Finding]:
        ended = sorted(act.ending)
        part = Q(responsible_unit__in=ended) | Q(competent_unit__in=ended) | Q(returning_unit__in=ended)
        for unit, number in grouped(Dossier.objects.open().filter(part), "responsible_unit"):
            yield Finding("dossier-left", unit, number)
        for unit, number in grouped(WorkItem.objects.filter(unit__in=ended, state__in=LIVE), "unit"):
            yield Finding("step-left", unit, number)
        for unit, number in grouped(Consultation.objects.pending().filter(unit__in=ended), "unit"):
            yield Finding("question-left", unit, number)
        lost = Draft.objects.unsent().filter(Q(competent_unit__in=ended) | Q(returning_unit__in=ended))
        for unit, number in grouped(lost, "competent_unit"):
            yield Finding("draft-left", unit, number)
        for unit, number in sorted(_codes_twice(act).items()):
            yield Finding("code-twice", unit, number)


def _codes_twice(act: Reorganisation) -> dict[int, int]:
    """The database refuses them one by one; here all codes since the day are held against each other."""
    midnight = datetime.combine(act.effective_on, time.min, tzinfo=ZONE)
    units = sorted(act.ending | act.receiving)
    since = Dossier.objects.filter(accepted_at__gte=midnight, competent_unit__in=units).order_by()
    codes = since.values("code").annotate(times=Number("pk"), unit=Min("competent_unit"))
    return Counter(codes.filter(times__gt=1).values_list("unit", flat=True)[:BATCH])


def _on_its_way(act: Reorganisation) -> DossierQuerySet:
    """Their results were drafted in the name of a unit that ends: the document is called off with it."""
    stages = [Stage.AWAITING_PERSONAL_NUMBER.value, Stage.AWAITING_SIGNATURE.value, Stage.AWAITING_NUMBER.value]
    waiting = Dossier.objects.open().filter(competent_unit__in=sorted(act.ending), stage__in=stages)
    return waiting.exclude(result_document=None)


def _take_back_results(act: Reorganisation, *, now: datetime, actor: Actor) -> None:
    """Before they move: the specialist's step opens again, and is handed on with the rest."""
    rows = _on_its_way(act).order_by("pk").values_list("pk", "result_document")
    for pk, document in list(rows):
        if document is None:
            continue
        back = send_back_result(dossier_id=pk, document_id=document, reason=act.legal_no, actor=actor, now=now)
        if Stage(back.stage) in RESULT_ON_ITS_WAY:  # the specialist still has the step: there is none to go back to
            back.stage = at_rest(State(back.state))
            save(back, "stage")
            tell(Fact.RESULT_SENT_BACK, back, actor=actor, now=now, facts={"document": str(document)})


def _cases(taken: Sequence[Follower], act: Reorganisation) -> dict[uuid.UUID, Case]:
    """Answers are opened only where a rule may ask for them: for dossiers of units that are split."""
    asked = [one.pk for one in taken if act.split.intersection(one.units)]
    rows = Dossier.objects.filter(pk__in=asked).select_related("version__procedure")
    return {row.pk: case_of(row.version.code, row.answers, row.contact) for row in rows.iterator(BATCH)}


def _act_of(handover: str, subject: tuple[str, str], held_by: int) -> ReorgEvent | None:
    """The act whose rules did not know where this belongs: the row of Form 06 names it as its ground."""
    waiting = UndecidedItem.objects.waiting().filter(handover=handover, subject_type=subject[0], subject_id=subject[1])
    item = waiting.filter(held_by=held_by).select_related("event").order_by("-id").first()
    return item.event if item else None


def _led_again(act: Reorganisation, corrects: int) -> list[Follower]:
    """What the wrong act handed over and is still open where it or a person's decision after it brought it, judged as
    if it lay at its old unit.
    """
    came_from = _handed_over_by(ReorgEvent.objects.get(pk=corrects), act.ending)
    taken = moves.lock(Dossier.objects.open().filter(pk__in=sorted(came_from)))
    before = [moves.standing_at(one, one.from_unit, came_from[one.pk]) for one in taken]
    cases = _cases(before, act)
    return [replace(moves.led(old, act, cases), units=one.units) for one, old in zip(taken, before, strict=True)]


def _handed_over_by(wrong: ReorgEvent, ending: Collection[int]) -> dict[uuid.UUID, int]:
    """Dossiers that lie where the last row of this ground brought them, and the ended unit that they came from."""
    given = Handover.objects.filter(ground=wrong.legal_no).order_by("id")
    came_from: dict[uuid.UUID, int] = {}
    for dossier, before in given.filter(from_unit__in=sorted(ending)).values_list("dossier", "from_unit"):
        came_from.setdefault(dossier, before)
    rows = given.filter(dossier__in=sorted(came_from)).values_list("dossier", "to_unit", "dossier__responsible_unit")
    lies_there = {dossier: after == responsible for dossier, after, responsible in rows.iterator(BATCH)}
    return {dossier: unit for dossier, unit in came_from.items() if lies_there[dossier]}


def _told(one: Follower, act_id: int | None, legal_no: str) -> Told:
    facts = {"act": act_id, "legal_no": legal_no, "from": one.from_unit, "to": one.to_unit, "decided": one.is_decided}
    return Told((SUBJECT, str(one.pk)), one.to_unit, facts=facts, concerns=one.people)


def _row(one: Follower, event_id: int, ground: str, now: datetime) -> Handover:
    return Handover(
        dossier_id=one.pk,
        from_unit_id=one.from_unit,
        to_unit_id=one.to_unit,
        given_at=now,
        received_at=now,
        ground=ground,
        event_id=event_id,
        what=Given.DOSSIER.value,
    )


def _replaced(one: Follower, before: int, after: int) -> Follower:
    led_to = moves.standing_at(one, before, after).units
    return replace(one, to=(*led_to[:3], one.units[3] if one.is_accepted else led_to[3]))


def _redirect_questions(act: Reorganisation, *, now: datetime, actor: Actor) -> Iterator[Move]:
    """Questions that wait for an answer are answered by the successor; who asked follows its dossier."""
    rows = Consultation.objects.pending().filter(unit__in=sorted(act.ending)).select_for_update(of=("self",))
    moved: Counter[tuple[int, int, str]] = Counter()
    told = []
    for row in rows.order_by("pk"):
        before, after = row.unit_id, act.main_heir(row.unit_id)
        if after is None:
            continue
        row.unit_id, row.revision = after, row.revision + 1
        row.save(update_fields=["unit", "revision"])
        moved[before, after, row.state] += 1
        told.append(Told(row, after, facts={"act": act.act_id, "from": before, "to": after}))
    record_all(Fact.QUESTION_MOVED, told, actor=actor, at=now)
    return (Move("consultation", before, after, number, state) for (before, after, state), number in moved.items())


def _redirect_drafts(act: Reorganisation) -> Iterator[Move]:
    """Drafts are nobody's business but their writer's: they are addressed anew, and asked again where nobody knows."""
    rows = Draft.objects.unsent()
    for unit in _drafted_for(act.ending):
        heir = None if unit in act.split else act.main_heir(unit)
        number = rows.filter(competent_unit=unit).update(competent_unit=heir)
        rows.filter(returning_unit=unit).update(returning_unit=heir)
        rows.filter(desk_unit=unit).update(desk_unit=act.main_heir(unit))
        if number:
            yield Move("draft", unit, heir, number)


def _drafted_for(units: Collection[int]) -> list[int]:
    """Those of the units that any unsent draft names."""
    ids, named = sorted(units), set()
    for part in ("competent_unit", "returning_unit", "desk_unit"):
        rows = Draft.objects.unsent().filter(**{f"{part}__in": ids})
        named |= set(rows.order_by().values_list(part, flat=True).distinct())
    return sorted(named)
