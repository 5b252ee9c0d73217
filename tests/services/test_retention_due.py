"""Nothing younger than its rule is touched, and what holds a dossier wins over every rule."""

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils.timezone import get_default_timezone, localtime

from portal.events import Event
from portal.isolation import scope
from services import retention
from services.errors import NoReasonError, NotAllowedError, StaleError, WrongStateError
from services.events import Fact
from services.models import Dossier, RetentionHold, RetentionStep
from services.operations import reception
from services.operations.holds import lift_hold, set_hold
from services.queries import retention as queries
from services.retention_errors import HeldAlreadyError, MinimisedError
from services.retention_kinds import OF_DOSSIER, Cause, From, HoldState, Kept
from services.retention_rules import RetentionRule, retention_rules_on
from tests.services.build import Office, version_of
from tests.services.petitioning import Box

LATER = datetime(2060, 1, 1, tzinfo=UTC)
NEW = date(2026, 11, 30)


def refused(office: Office, **more: Any) -> Dossier:
    dossier = office.submitted(**more)
    desk = office.people.desk_officer.user
    return reception.refuse(dossier=dossier, reason="Trùng", ground="Đ.17.1c", actor=desk, now=office.tick())


def moved(dossier: Dossier, closed_at: datetime) -> Dossier:
    """As if it had ended then."""
    Dossier.objects.filter(pk=dossier.pk).update(closed_at=closed_at)
    return Dossier.objects.select_related("version__procedure").get(pk=dossier.pk)


def expected(rule: RetentionRule, closed_at: datetime) -> datetime | None:
    """In plain words: so many months after the end, or after the end of its year; the last day where none is alike."""
    if rule.months is None:
        return None
    local = localtime(closed_at).replace(tzinfo=None)
    if rule.counted_from is From.YEAR_END:
        local = datetime(local.year + 1, 1, 1)  # noqa: DTZ001  # local, as the law counts
    past = local.year * 12 + local.month - 1 + rule.months
    year, month = past // 12, past % 12 + 1
    following = date(year + month // 12, month % 12 + 1, 1)
    last = (following - timedelta(days=1)).day
    return local.replace(year=year, month=month, day=min(local.day, last)).replace(tzinfo=get_default_timezone())


@pytest.mark.django_db
def test_due_is_what_the_rule_says_for_any_end(office: Office) -> None:
    versions = [
        office.version,
        version_of("2.000884", field="Chứng thực"),
        version_of("2.001035", field="Chứng thực"),
        version_of("2.000815", field="Chứng thực"),
        version_of("1.001776", field="Bảo trợ xã hội"),
    ]
    dossiers = [refused(office, version=one) for one in versions]
    dice = random.Random(5)  # noqa: S311  # any dates, the same in each run
    ends = [datetime(2024, 2, 29, 16, 59, 59, tzinfo=UTC), datetime(2025, 12, 31, 17, 0, tzinfo=UTC)]
    ends += [datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=dice.randrange(200_000_000)) for _ in range(25)]
    for closed_at in ends:
        for dossier in dossiers:
            was = moved(dossier, closed_at)
            what = {"field": was.version.field, "procedure": was.version.procedure.code, "accepted": False}
            rule = retention_rules_on(NEW).for_dossier(Kept.DOSSIER, **what)
            row = queries.dossiers_by_rule(Kept.DOSSIER, on=NEW).get(pk=dossier.pk)
            due = expected(rule, closed_at)
            assert (row.rule, row.kept_until) == (rule.key, due)
            if due is not None:
                early = queries.due_now(Kept.DOSSIER, due - timedelta(seconds=1))
                assert not early.filter(pk=dossier.pk).exists()
                assert queries.due_now(Kept.DOSSIER, due).filter(pk=dossier.pk).exists()


@pytest.mark.django_db
def test_nothing_younger_than_its_rule_is_ever_touched(office: Office) -> None:
    dossier = refused(office)
    assert dossier.closed_at is not None
    due = expected(retention_rules_on(NEW).rule("dossier-unaccepted"), dossier.closed_at)
    assert due is not None
    day = dossier.closed_at
    while day < due - timedelta(days=60):
        retention.carry_out_rules(now=day)  # rules of its looks or messages may be over before
        assert office.again(dossier).owner_name
        day += timedelta(days=59)
    retention.carry_out_rules(now=due - timedelta(seconds=1))
    assert office.again(dossier).owner_name
    assert retention.carry_out_rules(now=due) >= 1
    assert not office.again(dossier).owner_name


@pytest.mark.django_db
def test_an_open_dossier_is_never_touched(office: Office) -> None:
    dossier = office.submitted()
    assert retention.carry_out_rules(now=LATER) == 0
    assert office.again(dossier).owner_name


@pytest.mark.django_db
def test_a_hold_wins_until_it_is_lifted(office: Office) -> None:
    dossier, head = refused(office), office.people.leader.user
    hold = set_hold(dossier=dossier, cause=Cause.COURT, reason="Tòa thụ lý", actor=head, now=office.tick())
    assert retention.carry_out_rules(now=LATER) == 0
    with pytest.raises(HeldAlreadyError):
        set_hold(dossier=dossier, cause=Cause.COURT, reason="Lần nữa", actor=head, now=office.tick())
    with pytest.raises(NoReasonError):
        lift_hold(hold=hold, reason=" ", actor=head, now=office.tick())
    lifted = lift_hold(hold=hold, reason="Bản án có hiệu lực", actor=head, now=office.tick())
    assert (lifted.state, lifted.lifted_by_id) == (HoldState.LIFTED, head.pk)
    with pytest.raises(WrongStateError):
        lift_hold(hold=hold, reason="Lần nữa", actor=head, now=office.tick())
    names = Event.objects.filter(subject_id=str(hold.pk)).order_by("id").values_list("name", "before", "after")
    assert list(names) == [(Fact.HOLD_SET, "", "held"), (Fact.HOLD_LIFTED, "held", "lifted")]
    assert retention.carry_out_rules(now=LATER) >= 1
    with pytest.raises(MinimisedError):
        set_hold(dossier=dossier, cause=Cause.COURT, reason="Muộn rồi", actor=head, now=office.tick())


@pytest.mark.django_db
def test_only_whoever_answers_for_the_records_sets_and_lifts(office: Office) -> None:
    dossier, people = refused(office), office.people
    for member in (people.specialist, people.desk_officer, people.outsider):
        with pytest.raises(NotAllowedError):
            set_hold(dossier=dossier, cause=Cause.OTHER, reason="x", actor=member.user, now=office.tick())
    hold = set_hold(dossier=dossier, cause=Cause.OTHER, reason="Đối chiếu", actor=people.clerk.user, now=office.tick())
    with pytest.raises(NotAllowedError):
        lift_hold(hold=hold, reason="x", actor=people.outsider.user, now=office.tick())
    with pytest.raises(StaleError):
        lift_hold(hold=hold, reason="x", actor=people.clerk.user, now=office.tick(), revision=1)


@pytest.mark.django_db
def test_the_neighbour_sees_no_hold(office: Office) -> None:
    dossier = refused(office)
    set_hold(dossier=dossier, cause=Cause.OTHER, reason="x", actor=office.people.leader.user, now=office.tick())
    with scope(units=[office.people.neighbour]):
        assert not RetentionHold.objects.exists()
        assert not queries.dossiers_by_rule(Kept.DOSSIER, on=NEW).exists()


@pytest.mark.django_db
def test_an_open_petition_holds_its_dossier(office: Office) -> None:
    dossier = refused(office)
    petition = Box(office.people, office.now).filed(dossier_code=dossier.reference)
    assert petition.dossier_id == dossier.pk
    assert retention.carry_out_rules(now=LATER) == 0
    assert office.again(dossier).owner_name


@pytest.mark.django_db
def test_what_the_archive_must_have_waits_for_its_word(office: Office) -> None:
    office.version = version_of("1.001776", field="Bảo trợ xã hội")
    dossier = refused(office)
    moment = dossier.submitted_at
    Dossier.objects.filter(pk=dossier.pk).update(accepted_at=moment, code="H01.01-261116-0001")
    retention.carry_out_rules(now=LATER)
    assert office.again(dossier).owner_name


@pytest.mark.django_db
def test_workers_take_turns_and_go_on_after_a_stop(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    dossiers = [refused(office) for _ in range(3)]
    monkeypatch.setattr(retention, "AT_ONCE", 1)
    for number in range(1, 4):
        retention.carry_out_rules(now=LATER)
        assert RetentionStep.objects.filter(kind=Kept.DOSSIER.value).count() == number
    assert not Dossier.objects.filter(pk__in=[one.pk for one in dossiers], minimised_at=None).exists()
    assert retention.carry_out_rules(now=LATER) == 0


def test_every_kind_of_a_dossier_has_a_rule_for_all() -> None:
    rules = retention_rules_on(NEW)
    for kind in OF_DOSSIER:
        assert rules.of(kind)[-1].is_for_all
        assert all(rule.ground for rule in rules.of(kind))
    assert {rule.kind for rule in rules.rules} == set(Kept)
    assert len({rule.key for rule in rules.rules}) == len(rules.rules)
    assert not [rule.key for rule in rules.rules if rule.days_from and rule.days(NEW) is None]
