"""A unit ends: its open dossiers, steps, questions, drafts and petitions go to its successor, and nothing else does."""

import uuid
from dataclasses import dataclass
from typing import Any

import pytest
from django.utils.timezone import localdate

from portal.accounts.models import User
from portal.events import Event
from portal.events.actors import System
from portal.isolation import Purpose, scope
from services.models import Consultation, Dossier, Handover, Petition, PetitionClock, WorkItem
from services.models.petitions import UNITS_LIMIT, with_part
from services.operations import reception
from services.operations.processing import take_step
from services.operations.results import note_proposal
from services.reorganisation import Dossiers, Petitions
from services.states import Stage
from tests.cast import Cast
from tests.services.build import Office
from tests.services.conftest import MONDAY
from tests.services.consulting import asking, neighbour
from tests.services.money import account
from tests.services.petitioning import Box
from units.handovers import Applied, Heir, Reorganisation

HANDOVER = Dossiers()
Rule = dict[str, Any] | None


@dataclass
class Act:
    """`home` goes into its neighbour; with `rules` it is split between the neighbour and a unit elsewhere."""

    office: Office
    rules: tuple[Rule, Rule] | None = None

    @property
    def act(self) -> Reorganisation:
        people = self.office.people
        heirs: tuple[Heir, ...] = (Heir(people.neighbour, "B", "whole", is_default=True),)
        if self.rules:
            heirs = (
                Heir(people.neighbour, "B", "part", is_default=True, rule=self.rules[0]),
                Heir(people.elsewhere, "C", "part", rule=self.rules[1]),
            )
        on = localdate(self.office.now)
        return Reorganisation(1, "merge", "12/NQ-UBTVQH16", on, {people.home: heirs})

    def apply(self) -> Applied:
        with scope(purpose=Purpose.REORGANISATION):
            return HANDOVER.apply(self.act, now=self.office.tick(), actor=System.SCHEDULE)

    def counts(self) -> dict[tuple[str, str], int]:
        people = self.office.people
        found: dict[tuple[str, str], int] = {}
        with scope(purpose=Purpose.REORGANISATION):
            for one in HANDOVER.count([people.home, people.neighbour, people.elsewhere]):
                if one.conserved:
                    found[one.what, one.state] = found.get((one.what, one.state), 0) + one.number
        return found

    def findings(self) -> list[str]:
        with scope(purpose=Purpose.REORGANISATION):
            return [one.code for one in HANDOVER.verify(self.act)]


@pytest.fixture
def act(office: Office) -> Act:
    return Act(office)


@pytest.fixture
def box(people: Cast) -> Box:
    return Box(people, MONDAY)


def again(dossier: Dossier) -> Dossier:
    with scope(purpose=Purpose.REORGANISATION):
        return Dossier.objects.get(pk=dossier.pk)


def test_an_open_dossier_keeps_its_code_its_clock_and_its_history(office: Office, act: Act) -> None:
    dossier = office.processing()
    before, after = office.people.home, office.people.neighbour
    counted = act.counts()
    applied = act.apply()
    moved = again(dossier)
    assert [(one.what, one.from_unit, one.to_unit, one.number) for one in applied.moves if one.what == "dossier"] == [
        ("dossier", before, after, 1)
    ]
    assert (moved.responsible_unit_id, moved.competent_unit_id, moved.returning_unit_id) == (after, after, after)
    assert moved.receiving_unit_id == before  # who received it is history
    assert (moved.code, moved.due_at, moved.state) == (dossier.code, dossier.due_at, dossier.state)
    assert act.counts() == counted
    assert act.findings() == []
    with scope(purpose=Purpose.REORGANISATION):
        row = Handover.objects.filter(dossier=dossier).latest("id")
        event = Event.objects.about("services.dossier", dossier.pk).get(name="services.dossier.moved")
    assert (row.from_unit_id, row.to_unit_id, row.ground, row.event_id) == (before, after, "12/NQ-UBTVQH16", event.pk)
    assert set(event.concerns) == {one for one in (dossier.owner_id, dossier.filer_id) if one}


def test_its_steps_follow_and_wait_in_the_pool_of_the_new_unit(office: Office, act: Act) -> None:
    dossier = office.processing()
    act.apply()
    with scope(purpose=Purpose.REORGANISATION):
        steps = WorkItem.objects.filter(dossier=dossier, state__in=["open", "waiting"])
        assert {(step.unit_id, step.officer_id) for step in steps} == {(office.people.neighbour, None)}
    assert again(dossier).holder_id is None


def test_who_holds_a_post_of_the_new_unit_goes_on_with_it(office: Office, act: Act) -> None:
    worker = neighbour(office)
    dossier = office.processing()
    with scope(purpose=Purpose.REORGANISATION):
        step = WorkItem.objects.get(dossier=dossier, state="open")
        WorkItem.objects.filter(pk=step.pk).update(officer=worker.user)
        Dossier.objects.filter(pk=dossier.pk).update(holder=worker.user)
    act.apply()
    with scope(purpose=Purpose.REORGANISATION):
        assert WorkItem.objects.get(pk=step.pk).officer_id == worker.user.pk
    assert again(dossier).holder_id == worker.user.pk


def test_a_second_run_finds_nothing_to_do(office: Office, act: Act) -> None:
    dossier = office.processing()
    act.apply()
    revision = again(dossier).revision
    assert [one for one in act.apply().moves if one.what == "dossier"] == []
    assert again(dossier).revision == revision


def test_what_is_closed_stays_with_the_unit_that_decided_it(office: Office, act: Act) -> None:
    dossier = office.submitted()
    people = office.people
    reception.refuse(
        dossier=dossier,
        ground="Đ.17.1c",
        reason="Không đúng thẩm quyền",
        actor=people.desk_officer.user,
        now=office.tick(),
    )
    act.apply()
    assert again(dossier).responsible_unit_id == office.people.home


def test_questions_are_answered_by_the_successor(office: Office, act: Act) -> None:
    asked = asking(office)
    rows = asked.ask(office.people.elsewhere)
    act.apply()
    with scope(purpose=Purpose.REORGANISATION):
        row = Consultation.objects.get(pk=rows[0].pk)
    assert (row.asking_unit_id, row.unit_id) == (office.people.neighbour, office.people.elsewhere)


def test_a_split_follows_its_rules(office: Office) -> None:
    act = Act(office, rules=(None, {"procedures": ["9.000001"]}))
    dossier = office.processing()
    act.rules = (None, {"procedures": [dossier.version.code]})
    applied = act.apply()
    assert again(dossier).responsible_unit_id == office.people.elsewhere
    assert applied.undecided == []
    assert act.findings() == []


def test_what_no_rule_knows_lies_with_one_unit_and_waits_for_a_person(office: Office) -> None:
    act = Act(office, rules=({"villages": ["Thôn Na Kim"]}, {"villages": ["Thôn Na Quang"]}))
    dossier = office.processing()
    applied = act.apply()
    assert [(one.subject, one.from_unit, one.held_by) for one in applied.undecided] == [
        (("services.dossier", str(dossier.pk)), office.people.home, office.people.neighbour)
    ]
    assert again(dossier).responsible_unit_id == office.people.neighbour
    with scope(purpose=Purpose.REORGANISATION):
        HANDOVER.place(
            ("services.dossier", str(dossier.pk)),
            from_unit=office.people.neighbour,
            to_unit=office.people.elsewhere,
            now=office.tick(),
            actor=System.SCHEDULE,
        )
    assert again(dossier).responsible_unit_id == office.people.elsewhere


def told(handover: Any, subject: tuple[str, str], reader: User, units: list[int]) -> tuple[Any, list[Event]]:
    """What the reader is told in their own scope, and what the trail says of it."""
    with scope(units=units):
        found = handover.tell([subject], reader=reader, now=MONDAY).get(subject)
        return found, list(Event.objects.about(*subject).filter(name__endswith=".viewed"))


def test_an_undecided_dossier_is_told_by_its_address_and_the_reading_is_recorded(office: Office) -> None:
    dossier, reader = office.processing(), office.people.leader.user
    with scope(purpose=Purpose.DEMO):
        dossier.contact = {"address": "Thôn Na Kim, xã An"}
        dossier.save(update_fields=["contact_sealed"])
    what, seen = told(HANDOVER, ("services.dossier", str(dossier.pk)), reader, [office.people.home])
    assert what.title == str(dossier)
    assert what.hint == f"{dossier.version.name_vi}. Thôn Na Kim, xã An"
    assert str(dossier.pk) in what.url
    assert [(event.actor, event.unit_id) for event in seen] == [(reader.event_actor, office.people.home)]
    assert set(seen[0].concerns) == {one for one in (dossier.owner_id, dossier.filer_id) if one}


def test_an_undecided_petition_is_told_by_its_address_to_nobody_it_complains_about(box: Box) -> None:
    people, contact = box.people, {"address": "Thôn Na Kim, xã An"}
    petition, about = box.filed(contact=contact), people.specialist
    subject = ("services.petition", str(petition.pk))
    what, seen = told(Petitions(), subject, people.leader.user, [people.home])
    assert (what.title, what.hint) == (str(petition), "Thôn Na Kim, xã An")
    assert [event.actor for event in seen] == [people.leader.user.event_actor]
    with scope(purpose=Purpose.REORGANISATION):
        Petition.objects.filter(pk=petition.pk).update(barred=[about.user.pk])
    what, seen = told(Petitions(), subject, about.user, [people.home])
    assert what is None
    assert len(seen) == 1


def test_a_unit_without_successor_holds_the_act_up(office: Office) -> None:
    office.processing()
    act = Reorganisation(1, "abolish", "13/NQ", localdate(office.now), {office.people.home: ()})
    with scope(purpose=Purpose.REORGANISATION):
        preview = HANDOVER.preview(act)
    assert [(one.code, one.number, one.stops) for one in preview.blockers] == [("no-successor", 1, True)]


def test_a_successor_that_cannot_collect_fees_is_named_until_it_has_an_account(office: Office, act: Act) -> None:
    def codes() -> list[tuple[str, int | None]]:
        with scope(purpose=Purpose.REORGANISATION):
            return [(one.code, one.unit_id) for one in HANDOVER.preview(act.act).blockers]

    assert codes() == []
    account(office)
    assert codes() == [("no-account", office.people.neighbour)]
    account(office, office.people.neighbour)
    assert codes() == []


def test_petitions_follow_with_their_running_limits(box: Box) -> None:
    petition = box.received()
    people = box.people
    act = Reorganisation(
        1, "merge", "12/NQ", localdate(box.now), {people.home: (Heir(people.neighbour, "B", "whole"),)}
    )
    with scope(purpose=Purpose.REORGANISATION):
        before = {(one.what, one.state): one.number for one in Petitions().count([people.home])}
        applied = Petitions().apply(act, now=box.tick(), actor=System.SCHEDULE)
        after = {(one.what, one.state): one.number for one in Petitions().count([people.neighbour])}
        found = list(Petitions().verify(act))
        row = Petition.objects.get(pk=petition.pk)
        clocks = set(PetitionClock.objects.filter(petition=row, ended_at=None).values_list("unit", flat=True))
    assert [(one.from_unit, one.to_unit, one.number) for one in applied.moves] == [(people.home, people.neighbour, 1)]
    assert (before, found) == (after, [])
    assert row.responsible_unit_id == people.neighbour
    assert {people.home, people.neighbour} <= set(row.units)
    assert row.handler_id is None
    assert clocks == {people.neighbour}


def test_the_newest_unit_of_a_petition_is_never_the_one_that_is_cut_away() -> None:
    held = list(range(UNITS_LIMIT))
    assert with_part(held, 99) == [*held[1:], 99]
    assert with_part([7, 8], 7) == [8, 7]


def test_a_result_that_was_not_signed_goes_back_to_the_specialist_of_the_successor(office: Office, act: Act) -> None:
    """Its document is called off with the unit in whose name it was drafted: nothing would ever sign it."""
    dossier, document, specialist = office.processing(), uuid.uuid4(), office.people.specialist.user
    item = take_step(item=office.open_step(dossier), actor=specialist, now=office.tick())
    note_proposal(dossier=dossier, document_id=document, item=item, actor=specialist, now=office.tick())
    assert office.again(dossier).stage == Stage.AWAITING_SIGNATURE
    with scope(purpose=Purpose.REORGANISATION):
        assert [one.code for one in HANDOVER.preview(act.act).blockers] == ["result-on-its-way"]
    act.apply()
    with scope(purpose=Purpose.REORGANISATION):
        step = WorkItem.objects.get(dossier=dossier, state="open")
    assert (step.role, step.unit_id, step.officer_id) == ("specialist", office.people.neighbour, None)
    assert again(dossier).stage == ""
    assert act.findings() == []
