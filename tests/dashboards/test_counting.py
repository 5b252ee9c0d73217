"""What is counted is what a plain look at the dossiers finds, after any sequence of deeds."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.dashboards.models import DossierFact, MonthFigure, Watermark
from portal.dashboards.operations.refreshing import rebuild, refresh
from portal.dashboards.queries.checking import differences
from portal.events import Event
from portal.events.actors import System
from portal.isolation import Purpose, scope
from services.errors import ServicesError
from services.kinds import Channel
from services.models import Dossier, Moment, Rating, Supplement
from services.operations import citizen, processing, reception, results, supplements
from services.operations.filing import Places
from services.states import RequestState
from tests.cast import cast
from tests.dashboards import recount
from tests.services.build import Office, birth
from tests.services.conftest import MONDAY
from tests.services.test_supplements import GROUND, NAME

DEEDS: dict[str, Callable[[Office, Dossier], Any]] = {}


def deed(act: Callable[[Office, Dossier], Any]) -> Callable[[Office, Dossier], Any]:
    DEEDS[act.__name__] = act
    return act


@deed
def accept(office: Office, dossier: Dossier) -> None:
    office.checked(dossier)
    desk = office.people.desk_officer if dossier.responsible_unit_id == office.people.home else office.people.outsider
    reception.accept(dossier=dossier, actor=desk.user, now=office.tick())


@deed
def refuse(office: Office, dossier: Dossier) -> None:
    desk = office.people.desk_officer.user
    reception.refuse(dossier=dossier, reason="Trùng", ground="Đ.17.1c", actor=desk, now=office.tick())


@deed
def take(office: Office, dossier: Dossier) -> None:
    item = dossier.work_items.open().select_related("dossier").first()
    if item:
        processing.take_step(item=item, actor=office.people.specialist.user, now=office.tick())


@deed
def ask(office: Office, dossier: Dossier) -> None:
    for member in (office.people.desk_officer, office.people.specialist):
        try:
            with transaction.atomic():
                supplements.ask_supplement(
                    dossier=dossier, items=[NAME], reason="Thiếu", ground=GROUND, actor=member.user, now=office.tick()
                )
        except ServicesError:
            continue
        return


@deed
def answer(office: Office, dossier: Dossier) -> None:
    request = Supplement.objects.filter(dossier=dossier, state=RequestState.OPEN).first()
    if request is None:
        return
    desk = office.people.desk_officer.user
    for item in request.items.order_by("id"):
        supplements.answer_item(item=item, answer={"child_name": "Giàng Thị Nhuẫn"}, actor=desk, now=office.tick())
    supplements.complete_supplement(dossier=dossier, actor=desk, now=office.tick())


@deed
def propose_and_decide(office: Office, dossier: Dossier) -> None:
    document, item = uuid.uuid4(), dossier.work_items.open().select_related("dossier").first()
    if item and item.role == "specialist":
        actor = office.people.specialist.user
        results.note_proposal(dossier=dossier, document_id=document, item=item, actor=actor, now=office.tick())
        results.decide(dossier_id=dossier.pk, document_id=document, actor=System.RELAY, now=office.tick())


@deed
def hand_out(office: Office, dossier: Dossier) -> None:
    results.hand_out(
        dossier=dossier,
        channel=Channel.DESK,
        receiver="Mẹ",
        actor=office.people.desk_officer.user,
        now=office.tick(),
    )


@deed
def withdraw(office: Office, dossier: Dossier) -> None:
    citizen.withdraw(dossier=dossier, reason="", actor=office.people.desk_officer.user, now=office.tick())


@deed
def stop(office: Office, dossier: Dossier) -> None:
    actor = office.people.specialist.user
    citizen.stop(dossier=dossier, reason="Không đủ", ground="Đ.21.3", actor=actor, now=office.tick())


@deed
def wait_a_week(office: Office, _dossier: Dossier) -> None:
    office.now += timedelta(days=7)


def do(office: Office, name: str, which: int) -> None:
    rows = list(Dossier.objects.select_related("version").order_by("submitted_at", "id"))
    if name == "file" or not rows:
        people, place = office.people, [office.people.home, office.people.neighbour][which % 2]
        channel = Channel.POST if which % 3 == 0 else Channel.DESK
        office.submitted(places=Places(people.home, people.home, place), channel=channel, return_channel=channel)
        return
    dossier = rows[which % len(rows)]
    try:
        with transaction.atomic():
            DEEDS[name](office, dossier)
    except ServicesError:
        return


def check_all() -> None:
    told, plain = recount.counted(), recount.facts()
    assert set(told) == set(plain)
    for key, fact in plain.items():
        assert {name: told[key][name] for name in fact} == fact
    assert recount.summed() == recount.sums(plain)
    there, wanted = recount.times()
    assert there == wanted
    counted, looked_at = recount.petitions()
    assert counted == looked_at
    year, month = recount.years()
    assert year == month
    assert differences() == []


STEPS = st.lists(st.tuples(st.sampled_from(["file", *DEEDS, "accept", "take"]), st.integers(0, 5)), max_size=14)


@settings(max_examples=12)
@given(before=STEPS, after=STEPS)
def test_after_any_deeds_the_figures_are_those_of_a_plain_recount(
    office: Office, before: list[tuple[str, int]], after: list[tuple[str, int]]
) -> None:
    with transaction.atomic():
        began = office.now
        rebuild(actor=System.COMMAND, now=office.now)
        for part in (before, after):
            for name, which in part:
                do(office, name, which)
            refresh(actor=System.SCHEDULE, now=office.tick())
            check_all()
        kept = recount.counted(), recount.summed()
        rebuild(actor=System.COMMAND, now=office.tick())
        assert (recount.counted(), recount.summed()) == kept
        office.now = began
        transaction.set_rollback(True)


def decided(office: Office) -> Dossier:
    dossier = office.processing()
    propose_and_decide(office, dossier)
    return office.again(dossier)


def test_the_sum_over_units_is_the_whole(office: Office) -> None:
    for which in range(6):
        do(office, "file", which)
    for which in range(6):
        do(office, "accept", which)
    refresh(actor=System.SCHEDULE, now=office.tick())
    found = recount.summed()
    for role in ("receiving", "competent", "returning"):
        whole = sum(n for key, n in found.items() if (key[0], key[3], key[4]) == (role, 0, "received"))
        assert whole == 6


def test_it_is_read_by_the_trail_and_nothing_else(office: Office) -> None:
    """Two refreshes with nothing between: the second has nothing to say beyond what may still have been running."""
    refresh(actor=System.SCHEDULE, now=office.tick())
    assert Event.objects.filter(name="dashboards.statistics.rebuilt").count() == 1
    decided(office)
    assert refresh(actor=System.SCHEDULE, now=office.tick()) == 1
    assert Watermark.objects.get().as_of == office.now
    assert Event.objects.filter(name="dashboards.statistics.rebuilt").count() == 1


def test_with_commits_between_nothing_is_missed(real_db: str) -> None:
    """What somebody else's long transaction holds back is read once more, and changes nothing."""
    with transaction.atomic(), scope(purpose=Purpose.DEMO):
        people = cast()
        office = Office(people, birth(), MONDAY)
    with transaction.atomic():
        refresh(actor=System.SCHEDULE, now=office.tick())
    with transaction.atomic(), scope(units=[people.home]):
        office.submitted()
    assert refresh(actor=System.SCHEDULE, now=office.tick()) == 1
    assert refresh(actor=System.SCHEDULE, now=office.tick()) <= 1
    with transaction.atomic():
        check_all()


def test_a_rating_and_a_late_end(office: Office) -> None:
    dossier = office.processing()
    wait_a_week(office, dossier)
    propose_and_decide(office, dossier)
    rating = Rating(dossier=dossier, unit_id=office.people.home, moment=Moment.RESULT, score=1, given_at=office.now)
    rating.save()
    rebuild(actor=System.COMMAND, now=office.now)
    fact = recount.counted()[dossier.pk]
    assert (fact["late"], fact["cause"], fact["lowest_score"]) == (True, "specialist", 1)
    assert fact["officer_id"] == office.people.specialist.user.pk
    check_all()


def test_without_the_purpose_nothing_is_counted(office: Office) -> None:
    decided(office)
    refresh(actor=System.SCHEDULE, now=office.tick())
    with scope(units=[office.people.elsewhere]):
        assert not DossierFact.objects.exists()
        assert not MonthFigure.objects.exists()
    with scope(units=[office.people.home]):
        assert DossierFact.objects.count() == 1
        assert MonthFigure.objects.filter(procedure_id=0, span="month").count() == 3
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from dashboards_dossier_fact")
        assert cursor.fetchone()[0] == 1


@pytest.mark.parametrize(("seconds", "minutes"), [(1, 5), (301, 10), (3601, 120), (259200, 4320), (259201, 5760)])
def test_times_are_rounded_up_as_people_say_them(seconds: int, minutes: int) -> None:
    assert recount.rounded(seconds) == minutes
