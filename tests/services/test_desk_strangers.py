"""The pages of the desk, for whom they are not: nothing of the dossier is in the answer."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import Kind, User
from portal.events import Event
from portal.events.actors import System
from portal.isolation import Purpose, scope
from services import deadlines
from services.models import Dossier, Problem
from services.operations import supplements
from services.operations.supplements import Missing
from services.queries import dossiers as queries
from services.states import State
from staff.operations import end_assignment
from tests.cast import DECISION, Member, sign_in
from tests.services.build import Office
from tests.services.desk import Desk

PAGES = ("desk-dossier", "desk-acceptance", "desk-supplement", "desk-refusal", "desk-rerouting", "desk-handing-out")
DEEDS = ("desk-papers", "desk-message", "desk-note", "desk-acceptance", "desk-refusal", "desk-handing-out")


def refused(member: Member, name: str, dossier: Dossier, *, post: bool = False) -> bool:
    """404 or 403, without a byte of the dossier."""
    client = sign_in(Client(), member.user)
    url = reverse(f"services:{name}", args=[dossier.pk])
    response = client.post(url) if post else client.get(url)
    text = response.content.decode()
    clean = dossier.reference not in text and dossier.owner_name not in text
    return response.status_code in {403, 404} and clean


@pytest.mark.parametrize("name", PAGES)
def test_the_desk_of_the_next_commune_sees_nothing(office: Office, name: str) -> None:
    assert refused(office.people.outsider, name, office.submitted())


@pytest.mark.parametrize("name", DEEDS)
def test_the_desk_of_the_next_commune_does_nothing(office: Office, name: str) -> None:
    dossier = office.submitted()
    assert refused(office.people.outsider, name, dossier, post=True)
    assert office.again(dossier).revision == dossier.revision


@pytest.mark.parametrize("name", PAGES)
def test_whoever_left_the_post_sees_nothing(office: Office, name: str) -> None:
    dossier, member = office.submitted(), office.people.desk_officer
    today = timezone.localdate()
    with scope(purpose=Purpose.DEMO):
        end_assignment(
            assignment=member.assignment, until=today, decision=DECISION, actor=System.COMMAND, now=timezone.now()
        )
    response = sign_in(Client(), member.user).get(reverse(f"services:{name}", args=[dossier.pk]))
    assert response.status_code in {302, 403, 404}
    assert dossier.owner_name not in response.content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_a_citizen_has_no_desk(office: Office, name: str) -> None:
    dossier = office.submitted()
    person = User.objects.create(username="nguoi-dan", kind=Kind.CITIZEN, created_at=timezone.now())
    response = sign_in(Client(), person).get(reverse(f"services:{name}", args=[dossier.pk]))
    assert response.status_code in {403, 404}
    assert dossier.owner_name not in response.content.decode()


def test_a_specialist_reads_and_does_not_receive(office: Office) -> None:
    dossier = office.checked(office.submitted())
    desk = Desk(office.people.specialist)
    assert dossier.owner_name in desk.page("desk-dossier", dossier)
    desk.page("desk-acceptance", dossier, status=403)
    desk.page("desk", status=403)


def test_without_the_filter_the_database_shows_nothing(office: Office) -> None:
    office.submitted()
    home, neighbour = office.people.home, office.people.neighbour
    with scope(units=[neighbour]):
        assert not queries.queue([home], queries.Wish(), office.now).exists()
        assert not queries.in_part([home]).exists()


def test_reading_is_a_fact(office: Office) -> None:
    dossier = office.submitted()
    Desk(office.people.desk_officer).page("desk-dossier", dossier)
    event = Event.objects.about("services.dossier", dossier.pk).get(name="services.dossier.viewed")
    assert event.facts["purpose"]


def test_the_queue_itself_costs_four_statements(office: Office) -> None:
    for _number in range(3):
        office.submitted()
    desk = Desk(office.people.desk_officer)
    desk.page("desk")
    with CaptureQueriesContext(connection) as asked:
        desk.page("desk")
    told = [one["sql"] for one in asked.captured_queries if "services_" in one["sql"] or "calendar_" in one["sql"]]
    assert len(told) == 4, "\n".join(sql[:150] for sql in told)


def test_the_desk_is_told_once(office: Office) -> None:
    dossier = office.submitted()
    now = office.tick(minutes=5)
    assert (deadlines.alert(now=now), deadlines.alert(now=now)) == (1, 0)
    assert office.again(dossier).alerted_at == now
    event = Event.objects.about("services.dossier", dossier.pk).get(name="services.dossier.alerted")
    assert event.facts["in_time"] is True


def test_what_was_not_supplemented_in_time_is_closed(office: Office) -> None:
    dossier = office.submitted()
    ask = Missing(Problem.UNCLEAR, "Ảnh bị mờ", component="birth_notice")
    supplements.ask_supplement(
        dossier=dossier,
        items=[ask],
        reason="Ảnh bị mờ",
        ground="NĐ 118/2025 Đ.16.3",
        actor=office.people.desk_officer.user,
        now=office.tick(),
    )
    assert deadlines.expire(now=office.tick(days=1)) == 0
    assert deadlines.expire(now=office.tick(days=30)) == 1
    assert office.again(dossier).state == State.STOPPED
