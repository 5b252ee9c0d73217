"""What was begun before an act and ends after it: papers on their way, orders for many, joined filings, money, numbers
of the queue; and acts that were due while nobody ran them.
"""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from django.utils.timezone import localdate

from portal.accounts.models import User
from portal.events import Event
from portal.events.actors import ANONYMOUS, System
from portal.isolation import Purpose, Scope, scope, use
from services import covering, deadlines
from services.errors import DeskClosedError
from services.kinds import Channel
from services.models import CoveredStep, Dossier, Draft, Errand, Handover, Refund, Ticket, WorkItem
from services.money_states import RefundState
from services.operations.citizen import withdraw
from services.operations.covering import Leave, enter_cover
from services.operations.drafts import begin_draft, choose_places
from services.operations.filing import Places
from services.operations.handing import receive_handover
from services.operations.reception import accept
from services.operations.refunds import approve_refund
from services.operations.tickets import draw_ticket
from services.queries.joined import parts_of
from services.states import BatchDeed, BatchItemState, State
from staff.models import Assignment
from staff.scopes import scope_of
from tests.cast import Member, officer
from tests.services.after import DAY, LATER, head_of, merged
from tests.services.build import Office
from tests.services.consulting import neighbour
from tests.services.joined import joined, versions
from tests.services.lists import acting
from tests.services.money import account, begun, costing, heard, online, word
from tests.services.own import citizen
from tests.services.test_batches import items, ordered, work
from tests.services.working import work_off
from tests.units.reorganising import DRAFTER, SIGNER
from units.kinds import ActKind
from units.models import ReorgEvent, ReorgProof
from units.operations import Head, Result, Source, draft_act, run_due_acts, schedule_act, sign_act, simulate
from units.queries import root


def all_rows() -> Any:
    return scope(purpose=Purpose.REORGANISATION)


def again(dossier: Dossier) -> Dossier:
    with all_rows():
        return Dossier.objects.get(pk=dossier.pk)


def scheduled(
    office: Office,
    kind: ActKind,
    day: date,
    results: list[Result],
    sources: list[Source],
    *,
    corrects: int | None = None,
) -> ReorgEvent:
    country, now = root(DAY), office.now
    assert country
    number = f"{70 + day.day}{kind}/NQ-HĐND"
    head = Head(kind, number, now.date(), day, "Sắp xếp", country.unit_id, bytes(32), corrects=corrects)
    with all_rows():
        act = draft_act(head=head, results=results, sources=sources, actor=DRAFTER, now=now)
        tried = simulate(act_id=act.pk, actor=DRAFTER, now=now)
        sign_act(act_id=act.pk, seen=bytes(tried.digest), actor=SIGNER, now=now)
        return schedule_act(act_id=act.pk, actor=SIGNER, now=now)


def test_papers_that_left_before_are_received_at_the_successor(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The officer still holds the slip with the name of the old unit."""
    people, worker = office.people, neighbour(office)
    dossier = office.accepted(places=Places(people.home, people.neighbour, people.home), channel=Channel.DESK)
    slip = Handover.objects.in_transit().get(dossier=dossier, what="dossier")
    after = merged(office, monkeypatch)
    with acting(worker) as actor:
        row = receive_handover(handover=slip, actor=actor, now=office.tick())
    assert (row.from_unit_id, row.to_unit_id, row.to_officer) == (people.home, after.new, worker.user)


def test_a_batch_leaves_alone_what_an_act_moved_since_and_says_so(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossiers = [office.accepted(), office.accepted()]
    who = office.people.specialist
    batch = ordered(office, who, BatchDeed.TAKE, dossiers)
    merged(office, monkeypatch)
    work(office)
    rows = items(who, batch)
    assert [row.state for row in rows] == [BatchItemState.FAILED] * 2
    assert all(row.note for row in rows)
    with all_rows():
        assert not WorkItem.objects.open().filter(dossier__in=dossiers, officer__isnull=False).exists()


def test_who_acts_for_somebody_away_goes_on_at_the_successor_until_they_are_back(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    people, held = office.people, office.processing()
    home, specialist = people.home, people.specialist
    other = officer("lan", name="Giàng Thị Lan", number="000188000077", unit_id=home, post="civil-status-specialist")
    leave = Leave(localdate(office.now), localdate(LATER) + timedelta(days=1), "12/QĐ-UBND", localdate(office.now))
    entered = enter_cover(
        absent=specialist.assignment, cover=other.assignment, leave=leave, actor=people.leader.user, now=office.tick()
    )
    assert covering.go_over(now=office.tick()) == 1
    late = office.accepted()
    after = merged(office, monkeypatch)
    with all_rows():
        step = WorkItem.objects.open().get(dossier=late)
        step.officer = specialist.user
        step.save(update_fields=["officer"])
    assert covering.go_over(now=office.tick()) == 1
    with all_rows():
        rows = WorkItem.objects.open().filter(dossier__in=[held, late])
        assert {(row.unit_id, row.officer) for row in rows} == {(after.new, other.user)}
    with scope(purpose=Purpose.DEADLINES):
        assert list(CoveredStep.objects.filter(leave=entered).values_list("back_at", flat=True)) == [None, None]
    assert covering.go_over(now=office.tick(days=3)) == 2
    with all_rows():
        assert {row.officer for row in rows.all()} == {specialist.user}


class TestJoined:
    @pytest.fixture
    def version(self, people: Any) -> Any:
        return versions()

    def test_its_parts_follow_each_its_own_unit_and_end_the_whole(
        self, office: Office, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        people = office.people
        whole = joined(office)
        due = whole.due_at
        after = merged(office, monkeypatch)
        with all_rows():
            lie = [(row.key, row.dossier.responsible_unit_id) for row in parts_of(whole)]
            moved = {row.dossier.due_at for row in parts_of(whole)}
        assert lie == [("birth", after.new), ("residence", after.new), ("health-card", people.province)]
        assert (again(whole).responsible_unit_id, moved) == (after.new, {due})


def test_numbers_of_the_queue_end_with_their_day_and_none_is_drawn_at_a_unit_that_ended(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = office.people.home
    ticket = draw_ticket(unit_id=home, errand=Errand.FILE, priority=False, actor=ANONYMOUS, now=office.tick())
    after = merged(office, monkeypatch)
    assert deadlines.end_tickets(now=office.now) == 1
    with all_rows(), pytest.raises(DeskClosedError):
        draw_ticket(unit_id=home, errand=Errand.FILE, priority=False, actor=ANONYMOUS, now=office.now)
    with scope(units=[after.new]):
        new = draw_ticket(unit_id=after.new, errand=Errand.FILE, priority=False, actor=ANONYMOUS, now=office.now)
    assert new.number == 1
    assert Ticket.objects.get(pk=ticket.pk).state == "lapsed"


class TestMoney:
    @pytest.fixture
    def version(self, people: Any) -> Any:
        return costing(field="Hộ tịch")

    @pytest.mark.parametrize("is_before", [True, False])
    def test_what_was_paid_at_the_old_unit_goes_back_by_its_successor(
        self, office: Office, monkeypatch: pytest.MonkeyPatch, is_before: bool
    ) -> None:
        """Withdrawn before the act, the dossier stays with the unit that ended; withdrawn after it, it does not."""
        account(office)
        filer = citizen()
        dossier = online(office, filer)
        heard(office, word(begun(office, dossier, filer)))
        if is_before:
            give_up(office, dossier, filer)
        after = merged(office, monkeypatch)
        if not is_before:
            give_up(office, dossier, filer)
        head = head_of(office, after.new)
        with use(scope_of(head)):
            refund = Refund.objects.get(dossier=dossier)
            assert approve_refund(refund=refund, actor=head, now=office.tick()).state == RefundState.APPROVED


def give_up(office: Office, dossier: Dossier, filer: User) -> None:
    with use(Scope(citizen=filer.pk)):
        withdraw(dossier=again(dossier), reason="", actor=filer, now=office.tick())
    work_off(office.tick(), "services.dossier.withdrawn")


@pytest.fixture
def chain(office: Office) -> list[ReorgEvent]:
    """Three acts on three days in a row, each upon the one before; nobody runs them on their days."""
    people = office.people
    new = Result("X", "An Đông", "phuong", people.province, code="00099")
    first = scheduled(office, ActKind.MERGE, DAY, [new], [Source(people.home, "X"), Source(people.neighbour, "X")])
    made = first.changes.get().unit_id
    whole = Result("Y", "An Êm", "phuong", people.province, code="00098")
    sources = [Source(made, "Y"), Source(people.elsewhere, "Y")]
    second = scheduled(office, ActKind.MERGE, DAY + timedelta(days=1), [whole], sources)
    last = second.changes.get().unit_id
    name = Result("Z", "An Bình", "phuong", people.province, unit_id=last)
    return [first, second, scheduled(office, ActKind.RENAME, DAY + timedelta(days=2), [name], [])]


def test_acts_that_were_due_while_nobody_ran_them_take_effect_in_their_order(
    office: Office, chain: list[ReorgEvent], monkeypatch: pytest.MonkeyPatch
) -> None:
    held, waiting = office.processing(), office.accepted()
    now = datetime(2026, 11, 26, 20, 0, tzinfo=LATER.tzinfo)  # three o'clock in the morning of the 27th in Vietnam
    monkeypatch.setattr(timezone, "now", lambda: now)
    ran = run_due_acts(actor=System.REORGANISATION, now=now)
    assert [(each.act_id, each.trouble) for each in ran] == [(act.pk, "") for act in chain]
    last = chain[1].changes.get().unit_id
    with all_rows():
        assert {again(one).responsible_unit_id for one in (held, waiting)} == {last}
        assert [proof.holds for proof in ReorgProof.objects.all()] == [True, True]
        grounds = Handover.objects.filter(dossier=held, ground__in=[act.legal_no for act in chain]).order_by("id")
        assert [row.ground for row in grounds] == [chain[0].legal_no, chain[1].legal_no]
        assert Event.objects.about("services.dossier", held.pk).filter(name="services.dossier.moved").count() == 2
        step = WorkItem.objects.of(held).open().get()
    specialist: Member = office.people.specialist
    assert step.officer_id == specialist.user.pk  # who goes on with it: the same post, twice further
    assert again(held).state == State.PROCESSING


def form_for(office: Office, person: User) -> Draft:
    """For the commune An."""
    home, now = office.people.home, office.now
    with use(Scope(citizen=person.pk)):
        draft = begin_draft(version=office.version, actor=person, now=now, answers={"child_name": "Mỷ"})
        return choose_places(
            draft=draft, competent_unit_id=home, return_channel=Channel.DESK, actor=person, now=office.tick()
        )


def test_a_form_that_was_begun_for_a_unit_of_a_chain_is_addressed_to_the_last(
    office: Office, chain: list[ReorgEvent]
) -> None:
    person = citizen()
    draft = form_for(office, person)
    run_due_acts(actor=System.REORGANISATION, now=LATER + timedelta(days=1))
    with all_rows():
        kept = Draft.objects.get(pk=draft.pk)
    last = chain[1].changes.get().unit_id
    assert (kept.competent_unit_id, kept.returning_unit_id) == (last, last)


def test_a_form_that_was_begun_for_a_unit_that_was_split_asks_for_it_again_and_keeps_the_rest(office: Office) -> None:
    people, person = office.people, citizen()
    draft = form_for(office, person)
    results = [Result(key, f"An {key}", "phuong", people.province) for key in ("Bắc", "Nam")]
    sources = [
        Source(people.home, "Bắc", "part", rule={"villages": ["Ấp 1"]}),
        Source(people.home, "Nam", "part", is_default=True),
    ]
    scheduled(office, ActKind.SPLIT, DAY, results, sources)
    assert [each.trouble for each in run_due_acts(actor=System.REORGANISATION, now=LATER)] == [""]
    with all_rows():
        kept = Draft.objects.get(pk=draft.pk)
    assert (kept.competent_unit_id, kept.returning_unit_id, kept.answers) == (None, None, {"child_name": "Mỷ"})


def test_a_commune_that_goes_to_another_province_keeps_code_and_due_moment_and_receives_on(office: Office) -> None:
    people = office.people
    before, waits = office.accepted(), office.checked(office.submitted())
    other = people.land.new("11").pk
    row = Result("X", "An", "phuong", other, unit_id=people.home)
    scheduled(office, ActKind.TRANSFER, DAY, [row], [])
    office.now = LATER
    assert [each.trouble for each in run_due_acts(actor=System.REORGANISATION, now=office.now)] == [""]
    kept = again(before)
    assert (kept.code, kept.due_at, kept.responsible_unit_id) == (before.code, before.due_at, people.home)
    received = accept(dossier=waits, actor=people.desk_officer.user, now=office.tick())
    assert received.code != before.code
    assert received.due_at > received.accepted_at


def test_a_correction_that_gives_units_their_lives_back_leaves_nobody_and_nothing_at_what_never_was(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    people, dossier = office.people, office.processing()
    after = merged(office, monkeypatch)
    parts = [Source(after.new, people.home, is_default=True, share="part"), Source(after.new, people.neighbour, "part")]
    right = scheduled(office, ActKind.CORRECT, DAY, [], parts, corrects=after.act.pk)
    assert [each.trouble for each in run_due_acts(actor=System.REORGANISATION, now=office.tick())] == [""]
    assert again(dossier).responsible_unit_id == people.home
    with all_rows():
        proof = ReorgProof.objects.get(event=right)
        assert proof.holds, proof.findings
        on = timezone.localdate(office.now)
        assert not Assignment.objects.not_ended(on).filter(unit=after.new).exists()
        assert Assignment.objects.on(on).get(user=people.specialist.user).unit_id == people.home
        assert WorkItem.objects.of(dossier).open().get().officer_id == people.specialist.user.pk
