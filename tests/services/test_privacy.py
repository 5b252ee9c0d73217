"""No byte of a dossier for those whom it does not concern: every page and every REST route, every method.

The list of addresses is read from the URLconf: a new one that names something and is not written down here fails.
"""

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
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
from services.kinds import Channel
from services.models import Correction, Dossier, Draft, Problem, ProcedureVersion, Supplement, WorkItem
from services.operations import correcting, supplements
from services.operations.extending import ask_extension
from services.operations.proposing import propose_result
from services.operations.real_moments import Claim, claim_real_moment
from services.operations.supplements import Missing
from staff.operations import end_assignment
from tests.cast import DECISION, Cast, sign_in
from tests.documents.uploading import made
from tests.services.build import NUMBER, Office
from tests.services.confirming import asked as waiting_for
from tests.services.working import birth_answers, first_signer, real

# Names of addresses whose variable part names nothing of a person: the catalogue, and forms to try out.
PUBLIC = {
    "services:procedure", "services:linked-data", "services:begin", "services:visit-begin",
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
    "api:services:draft-confirmations", "services:extension",
}  # fmt: skip
METHODS = ("get", "post", "put", "patch", "delete")
HIDDEN = {401, 403, 404, 405}


@dataclass(frozen=True)
class Things:
    """What the addresses name, and every word of it that nobody else may read."""

    ids: dict[str, Callable[[Route], Any]]
    words: tuple[str, ...]
    document: Any = None


@pytest.fixture
def version(people: Cast) -> ProcedureVersion:
    return real("1.001193")


@pytest.fixture
def things(office: Office) -> Things:
    home = office.people.home
    filer = User.objects.create(username="nguoi-nop", kind=Kind.CITIZEN, created_at=office.now)
    dossier = office.submitted(filer=filer, answers=birth_answers(home))
    asked = supplements.ask_supplement(
        dossier=dossier,
        items=[Missing(Problem.MISSING, "Nộp giấy cam đoan của người làm chứng", component="birth_statement")],
        reason="Thiếu giấy cam đoan của người làm chứng",
        ground="NĐ 118/2025 Đ.16.3",
        actor=office.people.desk_officer.user,
        now=office.tick(),
    )
    working = office.processing(answers=birth_answers(home))
    decided = propose_result(
        item=office.open_step(_processing(office, home)),
        signer=first_signer(office.people, office.now),
        actor=office.people.specialist.user,
        now=office.tick(),
    )
    waiting, _row = waiting_for(office, filer, answers={"birth_place": "Bệnh viện của người xem dự thảo"})
    found = _things(office, dossier, asked, working, filer)
    rows = late_things(office, working, decided)

    def key(route: Route) -> Any:
        late = next((row.pk for start, row in rows.items() if route.path.startswith(start)), None)
        return late or (waiting.pk if _is_of_the_draft(route) else found.ids["pk"](route))

    ids = found.ids | {"pk": key}
    words = (*found.words, LATE, decided.code, decided.reference, waiting.code, "Bệnh viện của người xem dự thảo")
    return Things(ids, words, decided.result_document)


LATE = "Chưa nhận được văn bản của người trễ hạn"


def late_things(office: Office, working: Dossier, decided: Dossier) -> dict[str, Any]:
    """By the beginning of their addresses: what belongs to lateness, each with the same words."""
    people, now = office.people, office.tick()
    step, done = office.open_step(working), WorkItem.objects.of(decided).filter(role="specialist").get()
    day = (working.due_at or now).date() + timedelta(days=14)
    while day.weekday() > 4 or (day.month, day.day) == (1, 1):
        day += timedelta(days=1)
    longer = ask_extension(item=step, new_due_on=day, reason=LATE, actor=people.specialist.user, now=now)
    claim = Claim((done.done_at or now) - timedelta(seconds=1), LATE, LATE)
    moment = claim_real_moment(dossier=decided, claim=claim, step=done, actor=people.specialist.user, now=office.tick())
    wrong = Correction(
        dossier=decided, state="asked", found_by="office", wrong=LATE, asked_by=people.specialist.user, asked_at=now,
        due_at=now, old_document=decided.result_document,
    )  # fmt: skip
    wrong.save(force_insert=True)
    correcting._mark(wrong, "", actor=people.specialist.user, now=now)
    return {"gia-han/": longer, "thoi-diem-that/": moment, "dinh-chinh/": wrong}


def _is_of_the_draft(route: Route) -> bool:
    return route.name.split(":")[-1] in {"own-confirmation", "own-objection", "draft-confirmations", "draft-objections"}


def _processing(office: Office, home: int) -> Dossier:
    return office.processing(answers=birth_answers(home) | {"child_personal_number": "001326900001"})


def _things(office: Office, dossier: Dossier, asked: Supplement, working: Dossier, filer: User) -> Things:
    item: WorkItem = office.open_step(working)
    draft = Draft(
        version=dossier.version, writer=filer, return_channel=Channel.ONLINE.value, begun_at=office.now,
        saved_at=office.now, expires_at=timezone.now() + timedelta(days=30),
    )  # fmt: skip
    draft.answers = {"child_name": "Giàng Thị Nhuẫn"}
    with scope(citizen=filer.pk):
        draft.save(force_insert=True)
    ids: dict[str, Callable[[Route], Any]] = {
        "pk": lambda route: _key(route, dossier, item, draft),
        "dossier": lambda _route: dossier.pk,
        "draft": lambda _route: draft.pk,
        "item_id": lambda route: asked.items.get().pk if "own-" in route.name else item.pk,
        "supplement": lambda _route: asked.pk,
        "item": lambda _route: asked.items.get().pk,
        "page": lambda _route: "start",
        "row": lambda _route: "1",
        "when": lambda _route: "bien-nhan",
        "file_id": lambda _route: uuid.uuid4(),
    }
    words = (
        dossier.reference, working.code, dossier.owner_name, dossier.filer_name, NUMBER, "Trạm Y tế xã An",
        "người làm chứng", working.reference,
    )  # fmt: skip
    return Things(ids, words)


def _key(route: Route, dossier: Dossier, item: WorkItem, draft: Draft) -> Any:
    if "work-items/" in route.path:
        return item.pk
    return draft.pk if "declaration-drafts/" in route.path else dossier.pk


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
            text = response.content.decode()
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
        text = client.get(reverse(route.name)).content.decode()
        assert not [word for word in things.words if word in text], route.name


def test_those_whom_it_concerns_do_read_it(office: Office, things: Things) -> None:
    """So that the words above are words that could have been there."""
    client = sign_in(Client(), office.people.desk_officer.user)
    found = ""
    for route in concerned():
        if route.name in READ:
            found += client.get(address(route, things)).content.decode()
    working = client.get("/api/v1/dossiers").content.decode()
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
