"""Petitions that wait for an answer, their running limits, and the answers that heads owe to low ratings."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.db import connection
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from portal.events import Told, record_all
from portal.events.actors import Actor
from services.events import Fact
from services.models import Petition, RatingReply
from services.models.petitions import with_part
from services.petition_states import ReplyState
from services.reorganisation.counting import grouped
from services.reorganisation.moves import posts
from services.reorganisation.papers import petitions_follow
from services.reorganisation.telling import petitions
from services.wording_petitions import STANDINGS
from units.handovers import Applied, Case, Count, Finding, Held, Move, Preview, Reorganisation, Undecided, Words
from units.handovers import Told as What
from units.operations import stop_new_work

SUBJECT = "services.petition"
# Clocks first: they are found by the unit that the petition still has.
STATEMENTS = (
    """
update services_petitionclock c set unit_id = m.after
from unnest(%(ids)s::uuid[], %(before)s::bigint[], %(after)s::bigint[]) as m(id, before, after)
where c.petition_id = m.id and c.unit_id = m.before and c.ended_at is null
""",
    """
update services_petition p set responsible_unit_id = m.after, units = m.units::bigint[], revision = p.revision + 1,
  handler_id = case when m.stays then p.handler_id end
from unnest(%(ids)s::uuid[], %(after)s::bigint[], %(units)s::text[], %(stays)s::boolean[]) as m(id, after, units, stays)
where p.id = m.id
""",
)


class Petitions:
    name, order = "services.petitions", 31
    words = Words(
        things={"petition": _("Petitions"), "rating": _("Answers owed to low ratings")},
        states={state.value: standing.phase for state, standing in STANDINGS.items()},
        findings={
            "petition-left": _("%(number)s open petitions lie with a unit that has ended"),
            "rating-left": _("%(number)s answers to ratings are owed by a unit that has ended"),
        },
    )

    def count(self, units: Collection[int]) -> Iterator[Count]:
        held = Petition.objects.open().filter(responsible_unit__in=sorted(units))
        for unit, state, officer, number in grouped(held, "responsible_unit", "state", "handler"):
            yield Count("petition", unit, number, state, officer)
        for unit, number in grouped(_owed(units), "unit"):
            yield Count("rating", unit, number)

    def preview(self, act: Reorganisation) -> Preview:
        return Preview(list(self.count(act.ending)))

    def hold(self, act: Reorganisation) -> Held:
        stop_new_work(sorted(act.ending))
        petitions = [row.pk for row in _held(act.ending)]
        owed = list(_owed(act.ending).order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))
        return partial(_count_held, petitions, owed)

    def apply(self, act: Reorganisation, *, now: datetime, actor: Actor) -> Applied:
        moves: Counter[tuple[str, int, int, str]] = Counter()
        undecided, told = [], []
        going: list[tuple[Petition, int]] = []
        for row in _held(act.ending):
            decision = act.decide(row.responsible_unit_id, _case(row))
            if decision is None:
                continue
            before, after = row.responsible_unit_id, decision.unit_id
            going.append((row, after))
            moves["petition", before, after, row.state] += 1
            told.append(_told(row, before, after, act.act_id))
            if not decision.is_decided:
                undecided.append(Undecided((SUBJECT, str(row.pk)), before, after))
        _hand_on(going, now)
        strangers = ((row.pk, after) for row, after in going if act.main_heir(row.responsible_unit_id) != after)
        petitions_follow(strangers, actor=actor, now=now)
        record_all(Fact.PETITION_MOVED, told, actor=actor, at=now)
        for unit, _number in list(grouped(_owed(act.ending), "unit")):
            heir = act.main_heir(unit)
            number = _owed([unit]).update(unit=heir) if heir else 0
            if number and heir:
                moves["rating", unit, heir, ""] += number
        return Applied([Move(*key[:3], number, key[3]) for key, number in moves.items()], undecided)

    def place(self, subject: tuple[str, str], *, from_unit: int, to_unit: int, now: datetime, actor: Actor) -> None:
        for row in _held([from_unit]).filter(pk=subject[1]):
            _hand_on([(row, to_unit)], now)
            petitions_follow([(row.pk, to_unit)], actor=actor, now=now)
            record_all(Fact.PETITION_MOVED, [_told(row, from_unit, to_unit, None)], actor=actor, at=now)

    def tell(
        self, subjects: Collection[tuple[str, str]], *, reader: Actor, now: datetime
    ) -> dict[tuple[str, str], What]:
        return petitions(subjects, reader=reader, now=now)

    def verify(self, act: Reorganisation) -> Iterator[Finding]:
        left = Petition.objects.open().filter(responsible_unit__in=sorted(act.ending))
        for unit, number in grouped(left, "responsible_unit"):
            yield Finding("petition-left", unit, number)
        for unit, number in grouped(_owed(act.ending), "unit"):
            yield Finding("rating-left", unit, number)


def _held(units: Collection[int]) -> Any:
    held = Petition.objects.open().filter(responsible_unit__in=sorted(units))
    return held.select_related("procedure").select_for_update(of=("self",)).order_by("pk")


def _count_held(petitions: Collection[Any], owed: Collection[Any], _units: Collection[int]) -> Iterator[Count]:
    for unit, state, number in grouped(Petition.objects.filter(pk__in=petitions), "responsible_unit", "state"):
        yield Count("petition", unit, number, state)
    for unit, number in grouped(RatingReply.objects.filter(pk__in=owed), "unit"):
        yield Count("rating", unit, number)


def _owed(units: Collection[int]) -> Any:
    return RatingReply.objects.filter(unit__in=sorted(units), state=ReplyState.OPEN.value)


def _case(row: Petition) -> Case:
    address = str(row.contact.get("address") or "")
    village = address.split(",", 1)[0].strip()
    return Case(village=village, address=address, procedure=row.procedure.code if row.procedure else "")


def _hand_on(going: Sequence[tuple[Petition, int]], now: datetime) -> None:
    """With all who had a part, so that they may still read it; the limits run on, they do not begin anew."""
    there = set(posts({after for _row, after in going}, localdate(now)))
    values: dict[str, Any] = {
        "ids": [row.pk for row, _after in going],
        "before": [row.responsible_unit_id for row, _after in going],
        "after": [after for _row, after in going],
        "stays": [(row.handler_id, after) in there for row, after in going],
        "units": ["{" + ",".join(map(str, with_part(row.units, after))) + "}" for row, after in going],
    }
    with connection.cursor() as cursor:
        for statement in STATEMENTS if going else ():
            cursor.execute(statement, values)


def _told(row: Petition, before: int, after: int, act_id: int | None) -> Told:
    people = [row.filer_id] if row.filer_id else []
    return Told(row, after, facts={"act": act_id, "from": before, "to": after}, concerns=people)
