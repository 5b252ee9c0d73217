"""Later dates and what is late over REST, by the same rules as on the pages."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from services.api import lateness_schemas as schemas
from services.models import Dossier, Extension
from tests.cast import Cast
from tests.services.api.talking import Rest, pointers, read
from tests.services.build import Office
from tests.services.own import citizen
from tests.services.test_extend import REASON
from tests.services.test_lateness_pages import late_office, proposed, working_day


@pytest.fixture
def office(people: Cast, version: Any) -> Office:
    return Office(people, version, timezone.now() - timedelta(minutes=30))


def body(office: Office) -> dict[str, str]:
    return {"newDueDate": working_day(office).isoformat(), "reason": REASON}


def test_proposed_as_on_the_page(office: Office) -> None:
    dossier = office.processing()
    rest, path = Rest(office.people.specialist.user), f"work-items/{office.open_step(dossier).pk}"
    assert rest.send(f"{path}/extensions", body(office)).status_code == 428
    answer = rest.send(f"{path}/extensions", body(office), etag=rest.etag(path))
    told = read(answer, 201)
    assert (told["state"], told["reason"], told["abilities"]["approve"]) == ("asked", REASON, False)
    assert set(told) == set(schemas.ExtensionSerializer().fields)
    empty = rest.send(f"{path}/extensions", {**body(office), "reason": " "}, etag=rest.etag(path))
    assert pointers(empty) == {"/reason": "too-short"}


@pytest.mark.parametrize(("noun", "sent", "state"), [
    ("extension-approvals", None, "approved"), ("extension-refusals", {"reason": "Còn kịp"}, "declined"),
])  # fmt: skip
def test_the_head_decides_once(office: Office, noun: str, sent: Any, state: str) -> None:
    row = proposed(office)
    rest, path = Rest(office.people.leader.user), f"dossiers/{row.dossier_id}"
    assert rest.send(f"{path}/{noun}", sent).status_code == 428
    assert rest.send(f"{path}/{noun}", sent, etag='"0"').status_code == 412
    etag = rest.etag(path)
    first, second = (rest.send(f"{path}/{noun}", sent, etag=etag, key="one") for _ in range(2))
    assert (first.status_code, second.status_code, second.content) == (201, 201, first.content)
    assert read(first, 201)["state"] == state
    assert rest.send(f"{path}/{noun}", sent, etag=rest.etag(path)).status_code == 409


def test_it_is_nobody_elses(office: Office) -> None:
    row = proposed(office)
    people, path = office.people, f"dossiers/{row.dossier_id}"
    assert Rest(people.outsider.user).send(f"{path}/extension-approvals", None, etag='"0"').status_code == 404
    Rest(citizen("la")).get(f"{path}/extensions", status=404)
    dossier = Dossier.objects.get(pk=row.dossier_id)
    Rest(people.specialist.user).does(dossier, "extension-approvals", status=403)
    assert Extension.objects.get().state == "asked"


def test_a_citizen_sees_what_was_set_and_not_what_was_considered(office: Office) -> None:
    filer = citizen()
    row = proposed(office, filer=filer)
    path = f"dossiers/{row.dossier_id}"
    assert Rest(filer).get(f"{path}/extensions")["items"] == []
    [told] = Rest(office.people.leader.user).get(f"{path}/extensions")["items"]
    assert told["abilities"] == {"approve": True, "decline": True}
    Rest(office.people.leader.user).does(row.dossier, "extension-approvals")
    [told] = Rest(filer).get(f"{path}/extensions")["items"]
    assert (told["state"], told["lateApology"]) == ("approved", False)


def test_the_list_of_what_is_late(people: Cast, version: Any) -> None:
    office = late_office(people, version)
    dossier = office.processing()
    rest = Rest(people.leader.user)
    [told] = rest.get("late-dossiers")["items"]
    assert (told["id"], told["officerId"]) == (str(dossier.pk), str(people.specialist.user.pk))
    assert set(told) == set(schemas.LateDossierSerializer().fields)
    assert rest.get("late-dossiers", officer=str(people.clerk.user.pk))["items"] == []
    assert rest.get("late-dossiers", kind="soon")["items"] == []
    assert rest.get("late-dossiers", apology="none", q="Giàng")["items"]
    rest.get("late-dossiers", officer="x", status=400)
    Rest(people.specialist.user).get("late-dossiers", status=403)
    Rest(citizen()).get("late-dossiers", status=403)
