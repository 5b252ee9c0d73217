"""A later date: proposed by whoever works on the dossier, decided by the head, once and only before the due moment."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.calendar import Entry, EntryKind, Ledger, LedgerError, Limit, LimitUnit, due
from portal.calendar.working import Calendar
from portal.events import Event
from portal.isolation import Purpose, scope
from services import deadlines, errors
from services.models import ClockEntry, Dossier, Extension, PrintedForm
from services.operations.citizen import withdraw
from services.operations.extending import approve_extension, ask_extension, decline_extension
from services.operations.processing import take_step
from services.queries.clock import explained
from services.states import ExtensionState
from tests.services.build import Office
from tests.services.own import citizen
from tests.services.test_supplements import ask

LATER = date(2026, 11, 23)  # a Monday; three working days from Monday the 16th end on Thursday the 19th
REASON = "Chưa nhận được văn bản trả lời của xã Đông"


def asked(office: Office, **more: Any) -> tuple[Dossier, Extension]:
    dossier = more.pop("dossier", None) or office.processing(**more.pop("filing", {}))
    said: dict[str, Any] = {"new_due_on": LATER, "reason": REASON, "now": office.tick()}
    row = ask_extension(item=office.open_step(dossier), actor=office.people.specialist.user, **{**said, **more})
    return office.again(dossier), row


def approved(office: Office, row: Extension, *, now: datetime | None = None) -> Extension:
    return approve_extension(extension=row, actor=office.people.leader.user, now=now or office.tick())


def local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=timezone.get_default_timezone())  # type: ignore[misc, arg-type]  # year, month, day


def test_the_head_sets_the_new_date_with_its_apology(office: Office) -> None:
    dossier, row = asked(office)
    old = dossier.due_at
    assert old == local(2026, 11, 19, 17)
    row = approved(office, row)
    dossier = office.again(dossier)
    assert (row.state, row.late_apology) == (ExtensionState.APPROVED, False)
    assert dossier.due_at == dossier.next_due_at == local(2026, 11, 23, 17)
    entry = ClockEntry.objects.of(dossier).last()
    assert entry
    assert (entry.kind, entry.ground) == ("extend", "NĐ 118/2025 Đ.19.6")
    found = explained(dossier)
    assert found
    assert "19/11" in " ".join(line.text for line in found[0].lines)
    form = PrintedForm.objects.get(form="form-04")
    assert row.form == form
    said = form.data
    assert (said["reason"], said["new_due_at"]) == (REASON, "2026-11-23T10:00:00Z")
    assert said["signature"]["name"] == "Nguyễn Văn Thành"
    told = Event.objects.about("services.dossier", dossier.pk).get(name="services.dossier.extended")
    assert told.facts["late_apology"] is False


def test_form_04_can_be_laid_out(office: Office) -> None:
    from documents.layouts import render  # here, because laying out is slow to import

    _dossier, row = asked(office)
    form = approved(office, row).form
    assert form is not None
    printed = render("form-04", form.data, on=date(2026, 11, 16))
    assert printed.pages == 1
    assert not printed.fields  # the organ seals nothing in which somebody still has to write


@pytest.mark.parametrize(
    ("when", "late"),
    [
        (local(2026, 11, 18, 17, 0), False),  # the office of the day before closes
        (local(2026, 11, 18, 17, 1), True),
        (local(2026, 11, 19, 16, 59), True),
    ],
)
def test_after_the_day_before_it_is_an_apology_that_came_late(office: Office, when: datetime, late: bool) -> None:
    _dossier, row = asked(office)
    assert approved(office, row, now=when).late_apology is late


@pytest.mark.parametrize("when", [local(2026, 11, 19, 17, 0), local(2026, 11, 20, 8, 0)])
def test_at_the_due_moment_it_is_refused(office: Office, when: datetime) -> None:
    dossier, row = asked(office)
    with pytest.raises(errors.ExtensionTooLateError):
        approved(office, row, now=when)
    with pytest.raises(errors.WrongStateError):
        asked(office, dossier=dossier, now=when)
    assert office.again(dossier).due_at == local(2026, 11, 19, 17)


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 11, 19),  # the day that was promised
        date(2026, 11, 18),
        date(2026, 11, 21),  # a Saturday
        date(2026, 11, 24),  # the day of culture, off by law
        date(2027, 11, 22),
    ],
)
def test_the_new_day_is_a_working_day_after_the_old_one(office: Office, day: date) -> None:
    with pytest.raises(errors.NotLaterError):
        asked(office, new_due_on=day)
    assert not Extension.objects.exists()


def test_at_most_once(office: Office) -> None:
    dossier, row = asked(office)
    approved(office, row)
    with pytest.raises(errors.ExtendedAlreadyError):
        asked(office, dossier=dossier, new_due_on=date(2026, 11, 30))
    with pytest.raises(errors.WrongStateError):  # the second click
        approved(office, row)
    assert ClockEntry.objects.of(dossier).filter(kind="extend").count() == 1


def test_one_proposal_at_a_time(office: Office) -> None:
    dossier, _row = asked(office)
    with pytest.raises(errors.WrongStateError):
        asked(office, dossier=dossier)


def test_not_while_the_citizen_supplements(office: Office) -> None:
    dossier, row = asked(office)
    ask(office, dossier, actor=office.people.specialist.user)
    with pytest.raises(errors.WrongStateError):
        approved(office, row)


def test_the_head_declines_with_a_reason_and_the_promise_stands(office: Office) -> None:
    dossier, row = asked(office)
    with pytest.raises(errors.NoReasonError):
        decline_extension(extension=row, reason=" ", actor=office.people.leader.user, now=office.tick())
    row = decline_extension(extension=row, reason="Còn kịp", actor=office.people.leader.user, now=office.tick())
    assert (row.state, row.answer) == ("declined", "Còn kịp")
    assert office.again(dossier).due_at == local(2026, 11, 19, 17)
    _dossier, again = asked(office, dossier=dossier)
    assert again.state == "asked"


def test_who_may(office: Office) -> None:
    people = office.people
    dossier = office.processing()
    step = office.open_step(dossier)
    for user in (people.outsider.user, people.desk_officer.user):
        with pytest.raises(errors.NotAllowedError):
            ask_extension(item=step, new_due_on=LATER, reason=REASON, actor=user, now=office.tick())
    with pytest.raises(errors.HeldByOtherError):
        ask_extension(item=step, new_due_on=LATER, reason=REASON, actor=people.clerk.user, now=office.tick())
    _dossier, row = asked(office, dossier=dossier)
    for user in (people.outsider.user, people.specialist.user, people.desk_officer.user):
        with pytest.raises(errors.NotAllowedError):
            approve_extension(extension=row, actor=user, now=office.tick())


def test_nobody_approves_their_own_proposal(office: Office) -> None:
    dossier = office.accepted()
    head = office.people.leader.user
    step = take_step(item=office.open_step(dossier), actor=head, now=office.tick())
    row = ask_extension(item=step, new_due_on=LATER, reason=REASON, actor=head, now=office.tick())
    with pytest.raises(errors.OwnProposalError):
        approved(office, row)


def test_an_older_page_is_refused(office: Office) -> None:
    dossier, row = asked(office)
    with pytest.raises(errors.StaleError):
        approve_extension(
            extension=row, actor=office.people.leader.user, now=office.tick(), revision=dossier.revision - 1
        )


def test_it_lapses_when_nobody_decides_in_time(office: Office) -> None:
    _dossier, row = asked(office)
    assert deadlines.let_extensions_lapse(now=local(2026, 11, 19, 16, 55)) == 0
    assert deadlines.let_extensions_lapse(now=local(2026, 11, 19, 17, 0)) == 1
    row.refresh_from_db()
    assert row.state == ExtensionState.LAPSED


def test_it_ends_with_its_dossier(office: Office) -> None:
    filer = citizen()
    dossier, row = asked(office, filing={"filer": filer})
    with scope(citizen=filer.pk):
        withdraw(dossier=dossier, reason="Nộp nhầm", actor=filer, now=office.tick())
    row.refresh_from_db()
    assert row.state == ExtensionState.LAPSED


def test_without_the_filter_the_database_shows_nothing(office: Office) -> None:
    asked(office)
    with scope(units=[office.people.neighbour]):
        assert not Extension.objects.exists()
    with scope(citizen=citizen("khac").pk):
        assert not Extension.objects.exists()
    with scope(purpose=Purpose.LOOK_UP):
        assert Dossier.objects.exists()


CALENDAR = Calendar(first=date(2026, 1, 1), last=date(2027, 12, 31))
MOMENTS = st.integers(0, 200 * 24 * 60).map(lambda minutes: local(2026, 3, 1) + timedelta(minutes=minutes))


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    accepted=MOMENTS,
    days=st.integers(1, 30),
    later=st.lists(st.tuples(st.integers(0, 60), st.integers(-20, 60)), min_size=1, max_size=3),
)
def test_at_most_one_extension_and_never_an_earlier_moment(
    accepted: datetime, days: int, later: list[tuple[int, int]]
) -> None:
    limit = Limit(days, LimitUnit.WORKING_DAY)
    ledger, before = Ledger.started(accepted), due(accepted_at=accepted, limit=limit, calendar=CALENDAR).moment
    taken = 0
    for after, further in sorted(later):
        at = accepted + timedelta(days=after)
        until = before + timedelta(days=further)
        try:
            longer = ledger.plus(Entry(EntryKind.EXTEND, at, "", until))
            moment = due(accepted_at=accepted, limit=limit, calendar=CALENDAR, ledger=longer).moment
        except LedgerError:
            continue
        assert moment > before
        assert at < before
        ledger, before, taken = longer, moment, taken + 1
    assert taken <= 1
