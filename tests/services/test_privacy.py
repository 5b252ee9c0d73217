"""No byte of a dossier for those whom it does not concern: every page and every REST route, every method.

The list of addresses is read from the URLconf: a new one that names something and is not written down here fails.
"""

import json
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from documents.models import RegisterEntry
from portal.accounts.models import Kind, User
from portal.events.actors import System
from portal.isolation import Purpose, scope
from portal.routes import Route, routes
from services.models import ProcedureVersion
from staff.operations import end_assignment
from tests.cast import DECISION, Cast, sign_in
from tests.documents.uploading import made
from tests.services.build import Office
from tests.services.things import Things, things_of
from tests.services.working import real

# Names of addresses whose variable part names nothing of a person: the catalogue, and forms to try out.
PUBLIC = {
    "services:published-petition", "api:services:published-petition",  # words made for everybody: test_publish_petition
    "services:petition-follow",  # opened by a signed address alone: test_petition_pages
    "services:procedure", "services:linked-data", "services:begin", "services:visit-begin",
    "services:list-sheet", "api:services:list-file",  # the name of a list; whose rows: test_sheets
    "services:board", "services:kiosk", "services:ticket",  # numbers and counters, nobody's name
    "services:look-up-rating",
    "services:look-up-link",  # shows no personal data to whoever holds the receipt: test_look_up
    "services:try-tasks", "services:try-review", "services:try-page", "services:try-row", "services:try-remove",
    "api:services:procedure", "api:services:procedure-form",
    "documents:layout-sample", "documents:verified", "api:documents:verification",
    "documents:batch-ky", "documents:batch-ky-confirm", "documents:batch-phat-hanh",
    "documents:batch-phat-hanh-confirm",
}  # fmt: skip
READ = {
    "api:services:dossier", "services:desk-dossier", "api:services:supplement-requests",
    "api:services:draft-confirmations", "services:consultation", "api:services:consultation",
    "services:extension", "services:postal-slip", "services:postal-item",
}  # fmt: skip
AT_HEAD = {"services:petition", "services:rating-reply", "services:kept-lift"}
METHODS = ("get", "post", "put", "patch", "delete")
HIDDEN = {401, 403, 404, 405}


@pytest.fixture
def version(people: Cast) -> ProcedureVersion:
    return real("1.001193")


@pytest.fixture
def things(office: Office) -> Things:
    return things_of(office)


def concerned() -> list[Route]:
    """Addresses of services that name a thing."""
    return [
        route
        for route in routes()
        if route.name.startswith(("services:", "api:services:")) and route.parameters and route.name not in PUBLIC
    ]


def everything() -> list[Route]:
    return [route for route in routes() if route.name.startswith(("services:", "api:services:"))]


def address(route: Route, things: Things) -> str:
    return reverse(route.name, kwargs={name: things.ids[name](route) for name in route.parameters})


def ask(client: Client, route: Route, method: str, path: str) -> Any:
    """With a body that the address would take, so that nothing is refused before it is asked whose it is."""
    view = getattr(route.view, "cls", None)
    if view is None:
        return getattr(client, method)(path)
    declared = getattr(view, "bodies", {}).get(method.upper())
    body = json.dumps(declared.example) if declared else ""
    headers = {"Idempotency-Key": str(uuid.uuid4()), "If-Match": '"0"'}
    if method == "get":
        return client.get(path)
    return getattr(client, method)(path, body, "application/json", headers=headers)


def said(response: Any) -> str:
    """Every byte of it, of files and streams too."""
    content = response.getvalue() if response.streaming else response.content
    return str(content.decode(errors="replace"))


def tried(client: Client, things: Things, *, signed_in: bool) -> int:
    """Every address with every method; how many were tried."""
    count = 0
    for route in concerned():
        for method in METHODS:
            response = ask(client, route, method, address(route, things))
            told = f"{method} {route.name}: {response.status_code}"
            away = response.status_code in {301, 302} and "/dang-nhap/" in response.get("Location", "")
            # a form without its token is turned away before it is asked whose it is
            assert response.status_code in HIDDEN or away or (method, response.status_code) == ("post", 400), told
            text = said(response)
            assert not [word for word in things.words if word in text], told
            count += 1
    return count


def test_every_address_has_its_place_here(things: Things) -> None:
    lacking = {route.name: route.parameters - set(things.ids) for route in concerned()}
    assert not {name: keys for name, keys in lacking.items() if keys}
    assert len(concerned()) > 40


def test_a_stranger(things: Things) -> None:
    assert tried(Client(), things, signed_in=False) > 200


def test_another_citizen(office: Office, things: Things) -> None:
    other = User.objects.create(username="nguoi-khac", kind=Kind.CITIZEN, created_at=office.now)
    tried(sign_in(Client(), other), things, signed_in=True)


def test_an_officer_of_the_next_commune(office: Office, things: Things) -> None:
    tried(sign_in(Client(), office.people.outsider.user), things, signed_in=True)


def test_an_officer_whose_assignment_ended(office: Office, things: Things) -> None:
    member, today = office.people.desk_officer, timezone.localdate()
    client = sign_in(Client(), member.user)
    with scope(purpose=Purpose.DEMO):
        end_assignment(
            assignment=member.assignment, until=today, decision=DECISION, actor=System.COMMAND, now=timezone.now()
        )
    tried(client, things, signed_in=True)


@pytest.mark.parametrize("who", ["stranger", "citizen", "outsider"])
def test_lists_show_nothing_of_it_either(office: Office, things: Things, who: str) -> None:
    client = Client()
    if who == "citizen":
        user = User.objects.create(username="nguoi-khac", kind=Kind.CITIZEN, created_at=office.now)
        sign_in(client, user)
    if who == "outsider":
        sign_in(client, office.people.outsider.user)
    for route in everything():
        if route.parameters:
            continue
        text = said(client.get(reverse(route.name)))
        assert not [word for word in things.words if word in text], route.name


def test_those_whom_it_concerns_do_read_it(office: Office, things: Things) -> None:
    """So that the words above are words that could have been there."""
    client = sign_in(Client(), office.people.desk_officer.user)
    worker = sign_in(Client(), office.people.specialist.user)
    found = ""
    for route in concerned():
        if route.name in READ:
            reader = worker if route.name.endswith("consultation") else client
            found += reader.get(address(route, things)).content.decode()
            found += client.get(address(route, things)).content.decode()
    head = sign_in(Client(), office.people.leader.user)
    for route in concerned():
        if route.name in AT_HEAD:
            found += head.get(address(route, things)).content.decode()
    working = client.get("/api/v1/dossiers").content.decode()
    head = sign_in(Client(), office.people.leader.user)
    working += "".join(head.get(f"/api/v1/{noun}").content.decode() for noun in ("saved-filters", "leave-covers"))
    assert not [word for word in things.words if word not in found + working]


# --- Documents -------------------------------------------------------------------------------------------------------

DOCUMENTS = ("documents:", "api:documents:")


def documents() -> list[Route]:
    return [
        route
        for route in routes()
        if route.name.startswith(DOCUMENTS) and route.parameters and route.name not in PUBLIC
    ]


@pytest.mark.parametrize("who", ["stranger", "citizen", "outsider"])
def test_addresses_of_the_document_are_no_way_round(office: Office, things: Things, who: str) -> None:
    """The draft of a result, its register entry and a file of the unit say nothing of the dossier to those people."""
    client = Client()
    if who == "citizen":
        user = User.objects.create(username="nguoi-khac", kind=Kind.CITIZEN, created_at=office.now)
        sign_in(client, user)
    if who == "outsider":
        sign_in(client, office.people.outsider.user)
    kept = _kept(office, things)
    for route in documents():
        path = reverse(route.name, kwargs={name: _named(route, name, kept) for name in route.parameters})
        for method in ("get", "post"):
            response = getattr(client, method)(path)
            told = f"{method} {route.name}: {response.status_code}"
            away = response.status_code in {301, 302} and "/dang-nhap/" in response.get("Location", "")
            # a form of documents without its token is turned away before it is asked whose it is
            assert response.status_code in HIDDEN or away or (method, response.status_code) == ("post", 400), told
            assert not [word for word in things.words if word in response.content.decode()], told


def _kept(office: Office, things: Things) -> dict[str, Any]:
    entry = RegisterEntry.objects.get()
    return {
        "document": things.document,
        "entry": entry.pk,
        "book": entry.book_id,
        "file": made(office.people.home).pk,
        "unit_id": office.people.home,
    }


def _named(route: Route, name: str, kept: dict[str, Any]) -> Any:
    """The row that the variable part of the address means."""
    if name in {"form", "noun", "unit_id", "offset"}:
        return {"form": "mau-01", "noun": "ky", "offset": 0}.get(name, kept["unit_id"])
    if "tep/" in route.path:
        return kept["file"]
    if f"<uuid:{name}>" in route.path:
        return kept["document"]
    return kept["entry"] if "muc/" in route.path or "register-entries" in route.path else kept["book"]


def test_the_document_is_there_for_its_own_unit(office: Office, things: Things) -> None:
    response = sign_in(Client(), office.people.leader.user).get(reverse("documents:document", args=[things.document]))
    assert response.status_code == 200
    assert "Giàng Thị Nhuẫn" in response.content.decode()
