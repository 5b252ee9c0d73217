"""Programs that were let in at a unit that ends."""

import pytest

from portal.accounts.models import ApiClient, ClientGrant
from portal.accounts.models.clients import Reach
from portal.accounts.operations import GrantRow
from portal.accounts.queries import client_may
from portal.events import Event
from portal.events.actors import System
from portal.isolation import Purpose, scope
from staff.programs import Programs
from staff.wording import capability
from tests.accounts.programs import make_client
from tests.cast import Cast
from tests.units.reorganising import DAY, MIDNIGHT, NOW, draft, merger, run, scheduled, split, tried
from units.handovers import registered, told_of
from units.kinds import ActKind
from units.models import ReorgProof, UndecidedItem
from units.operations import Result, Source, decide_item, reorganisation_of

pytestmark = pytest.mark.django_db
READ, WRITE = "documents.document.view", "documents.document.draft"


@pytest.fixture(autouse=True)
def only_programs():
    with registered(Programs()):
        yield


def client_of(people: Cast, *grants: GrantRow) -> ApiClient:
    return make_client(people, grants=list(grants))


def rights(client: ApiClient) -> set[tuple[str, int, str]]:
    return set(client.grants.values_list("capability", "unit_id", "reach"))


def test_reading_follows_to_the_successor_and_writing_ends(people: Cast) -> None:
    client = client_of(people, GrantRow(READ, people.home), GrantRow(WRITE, people.home))
    act = scheduled(merger(people.land))
    made = act.changes.get().unit_id
    run(act)
    client.refresh_from_db()
    assert rights(client) == {(READ, made, "own")}
    assert client.owner_unit_id == made
    for unit in (people.home, made):
        assert not client_may(client.user, WRITE, unit, DAY)
    assert not client_may(client.user, READ, people.home, DAY)
    with scope(purpose=Purpose.REORGANISATION):
        proof = ReorgProof.objects.get()
        [event] = Event.objects.filter(name="accounts.client.moved")
    assert proof.holds, proof.findings
    assert (event.facts["followed"], event.facts["ended"]) == ([READ], [WRITE])
    assert event.facts["ground"] == act.legal_no


def test_each_program_is_named_in_the_simulation_and_stops_nobody(people: Cast) -> None:
    client = client_of(people, GrantRow(READ, people.home), GrantRow(WRITE, people.home))
    simulation = tried(merger(people.land))
    assert [(row["code"], row["number"], row["url"], row["stops"]) for row in simulation.blockers] == [
        ("program-follows", 1, f"/can-bo/ung-dung/{client.pk}/", False),
        ("program-loses", 1, f"/can-bo/ung-dung/{client.pk}/", False),
    ]
    assert {(row["state"], row["number"]) for row in simulation.counts} == {("reads", 1), ("writes", 1)}


def test_two_rights_that_meet_at_the_successor_become_the_wider_one(people: Cast) -> None:
    client = client_of(people, GrantRow(READ, people.home), GrantRow(READ, people.neighbour, Reach.BELOW))
    act = scheduled(merger(people.land))
    run(act)
    assert rights(client) == {(READ, act.changes.get().unit_id, "below")}


def test_a_second_run_finds_nothing_to_do(people: Cast) -> None:
    client = client_of(people, GrantRow(READ, people.home))
    act = scheduled(merger(people.land))
    run(act)
    before = rights(client)
    with scope(purpose=Purpose.REORGANISATION):
        applied = Programs().apply(reorganisation_of(act), now=NOW, actor=System.REORGANISATION)
    assert (applied.moves, applied.undecided, rights(client)) == ([], [], before)


def test_of_a_split_unit_a_person_decides_where_reading_goes(people: Cast) -> None:
    client = make_client(people, grants=[GrantRow(READ, people.neighbour)], owner_unit_id=people.neighbour)
    act = scheduled(split(people.land))
    unit = dict(act.changes.values_list("key", "unit_id"))
    run(act)
    assert rights(client) == {(READ, unit["S"], "own")}
    with scope(purpose=Purpose.REORGANISATION):
        item = UndecidedItem.objects.get()
        subject = (item.subject_type, item.subject_id)
        told = told_of("staff.programs", [subject], reader=people.administrator.user, now=NOW)[subject]
        assert (told.title, told.hint) == (client.name, capability(READ))
        decide_item(item_id=item.pk, to_unit=unit["N"], actor=System.REORGANISATION, now=MIDNIGHT)
    assert rights(client) == {(READ, unit["N"], "own")}


@pytest.mark.parametrize("whole", [False, True], ids=["of two split units", "of a whole and a split one"])
def test_a_right_that_two_units_or_a_successor_gave_stays_and_nobody_is_asked(people: Cast, whole: bool) -> None:
    both = client_of(people, GrantRow(READ, people.home), GrantRow(READ, people.neighbour))
    own, one = client_of(people, GrantRow(READ, people.neighbour)), client_of(people, GrantRow(READ, people.neighbour))
    new = [
        Result(key, name, "xa", people.province, code=code)
        for key, name, code in (("S", "Sông", "00098"), ("N", "Núi", "00097"))
    ]
    parts = [
        Source(old, key, is_default=key == "S", share="part")
        for old in (people.home, people.neighbour)
        for key in ("S", "N")
    ]
    if whole:
        parts = [Source(people.home, "S"), *parts[2:]]
    act = scheduled(draft(people.land, new, parts, kind=ActKind.SPLIT))
    default = dict(act.changes.values_list("key", "unit_id"))["S"]
    ClientGrant.objects.create(client=own, capability=READ, unit_id=default, reach="own")
    run(act)
    for client in (both, own, one):
        assert rights(client) == {(READ, default, "own")}
    with scope(purpose=Purpose.REORGANISATION):
        listed = list(UndecidedItem.objects.values_list("subject_id", flat=True))
    assert listed == [str(grant.pk) for grant in one.grants.all()]


def test_a_right_that_was_left_behind_is_found(people: Cast) -> None:
    act = scheduled(merger(people.land))
    run(act)
    client = client_of(people, GrantRow(READ, people.province))
    ClientGrant.objects.create(client=client, capability=READ, unit_id=people.home, reach="own")
    with scope(purpose=Purpose.REORGANISATION):
        found = {(each.code, each.unit_id) for each in Programs().verify(reorganisation_of(act))}
    assert found == {("grant-survives", people.home), ("owner-ended", people.home)}
