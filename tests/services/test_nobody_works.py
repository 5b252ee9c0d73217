"""An organ where nobody may work on dossiers: filed all the same, seen by desk and head, nothing more sent there."""

from datetime import date
from functools import partial

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.urls import reverse

from portal.accounts.models import User
from services import errors
from services.models import Dossier
from services.operations import processing, reception
from services.operations.filing import Places
from services.operations.reception import Way
from services.policies import Capability
from services.queries.staffing import anybody_may, unworked
from services.states import State
from services.unit_errors import NobodyWorksError
from staff.models import Assignment, Delegation
from tests.cast import Member, officer, sign_in
from tests.services.api.talking import Rest
from tests.services.build import Office
from tests.services.consulting import neighbour
from tests.services.desk import Desk

SAID = "không ai được giải quyết hồ sơ"
TODAY = date(2026, 11, 16)


@pytest.fixture
def lone_head(office: Office) -> Member:
    """Hands out work in the next commune, where nobody may do it."""
    return officer(
        "lan", name="Vừ Thị Lan", number="000186000032", unit_id=office.people.neighbour, post="centre-deputy-director"
    )


def filed_there(office: Office) -> Dossier:
    home, there = office.people.home, office.people.neighbour
    return office.submitted(places=Places(home, there, home))


def test_somebody_with_an_account_and_a_post_that_works_makes_the_difference(office: Office) -> None:
    there = office.people.neighbour
    assert not anybody_may(Capability.PROCESS, there, TODAY)
    worker = neighbour(office)
    assert anybody_may(Capability.PROCESS, there, TODAY)
    assert not anybody_may(Capability.PROCESS, there, date(2025, 6, 30))
    User.objects.filter(pk=worker.user.pk).update(is_active=False)
    assert not anybody_may(Capability.PROCESS, there, TODAY)


def test_whoever_was_lent_the_right_in_writing_may_as_well(office: Office) -> None:
    there, lent = office.people.neighbour, DateRange(date(2026, 11, 1), date(2026, 12, 1))
    worker = neighbour(office)
    Assignment.objects.filter(pk=worker.assignment.pk).update(user=None)
    assert not anybody_may(Capability.PROCESS, there, TODAY)
    Delegation.objects.create(
        giver=worker.assignment, taker=office.people.outsider.assignment, valid=lent,
        capabilities=[Capability.PROCESS.value], decision_no="1/GUQ", decision_on=date(2026, 11, 1),
        recorded_at=office.now,
    )  # fmt: skip
    assert anybody_may(Capability.PROCESS, there, TODAY)
    assert not anybody_may(Capability.PROCESS, there, date(2026, 12, 1))


def test_a_post_above_that_reaches_down_counts_too(office: Office) -> None:
    assert anybody_may("units.reorganisation.draft", office.people.neighbour, TODAY)
    assert not anybody_may("units.reorganisation.draft", office.people.elsewhere, TODAY)


def test_it_is_filed_and_received_all_the_same(office: Office) -> None:
    dossier = filed_there(office)
    office.checked(dossier)
    taken = reception.accept(dossier=dossier, actor=office.people.desk_officer.user, now=office.tick())
    assert (taken.state, taken.responsible_unit_id) == (State.ACCEPTED, office.people.neighbour)


def test_nothing_is_sent_on_there(office: Office) -> None:
    dossier, desk, there = office.submitted(), office.people.desk_officer.user, office.people.neighbour
    with pytest.raises(NobodyWorksError):
        reception.reroute(dossier=dossier, way=Way(there), ground="x", actor=desk, now=office.tick())
    assert office.again(dossier).competent_unit_id == office.people.home
    neighbour(office)
    moved = reception.reroute(dossier=dossier, way=Way(there), ground="x", actor=desk, now=office.tick())
    assert moved.responsible_unit_id == there


def test_the_page_and_rest_say_why_and_keep_what_was_typed(office: Office) -> None:
    dossier, there = office.submitted(), office.people.neighbour
    page = Desk(office.people.desk_officer).send(
        "desk-rerouting", dossier, query="?tim=00004", unit=str(there), ground="Thuộc xã bên"
    )
    assert page.status_code == 400
    assert SAID in page.content.decode()
    assert "Thuộc xã bên" in page.content.decode()
    rest = Rest(office.people.desk_officer.user)
    path = f"dossiers/{dossier.pk}"
    told = {"competentUnitId": there, "ground": "x"}
    refused = rest.send(f"{path}/reroutings", told, etag=rest.etag(path))
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "nobody-works")


def test_a_head_who_hands_out_a_step_learns_why_nobody_can_have_it(office: Office, lone_head: Member) -> None:
    dossier = office.accepted(places=Places(office.people.home, office.people.neighbour, office.people.home))
    item, officer_there = office.open_step(dossier), office.people.outsider.user
    give = partial(processing.assign_step, item=item, officer=officer_there, reason="x", actor=lone_head.user)
    with pytest.raises(NobodyWorksError):
        give(now=office.tick())
    neighbour(office)
    with pytest.raises(errors.NotAllowedError):
        give(now=office.tick())


def test_head_and_desk_see_what_waits_there(office: Office, lone_head: Member, client: Client) -> None:
    there, waiting = office.people.neighbour, reverse("services:waiting")
    assert SAID not in sign_in(client, lone_head.user).get(waiting).content.decode()
    dossier = office.accepted(places=Places(office.people.home, there, office.people.home))
    (line,) = unworked([there, office.people.home], TODAY)
    assert (line.unit_id, line.open) == (there, 1)
    assert SAID in client.get(waiting).content.decode()
    assert SAID in sign_in(client, office.people.outsider.user).get(reverse("services:desk")).content.decode()
    desk = sign_in(client, office.people.desk_officer.user)
    assert SAID not in desk.get(reverse("services:desk")).content.decode(), "another unit's"
    assert SAID in desk.get(reverse("services:desk-dossier", args=[dossier.pk])).content.decode()
    told = Rest(lone_head.user).get("work-loads")["unitsWithoutWorkers"]
    assert [(one["unitId"], one["open"]) for one in told] == [(there, 1)]
    reader = Rest(office.people.desk_officer.user)
    assert reader.get(f"dossiers/{dossier.pk}")["competentUnitHasWorkers"] is False
    neighbour(office)
    assert reader.get(f"dossiers/{dossier.pk}")["competentUnitHasWorkers"] is True
    assert unworked([there], TODAY) == []
    assert SAID not in desk.get(reverse("services:desk-dossier", args=[dossier.pk])).content.decode()
