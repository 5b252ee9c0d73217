"""Every deed on a dossier over REST: done as on the page, refused by the same rules, once for a key."""

from typing import Any

import pytest

from portal.accounts.models import Kind, User
from portal.events import Event
from services.models import Component, Dossier, Note, Problem, Proof, Rating, Supplement
from services.operations import reception, supplements
from services.operations.supplements import Missing
from services.states import State
from tests.services.api.talking import Rest, facts, pointers, read
from tests.services.build import Office
from tests.services.consulting import neighbour
from tests.services.desk import Desk

ASKED = {
    "items": [{"component": "birth_statement", "problem": "missing", "text": "Nộp giấy cam đoan", "originals": 1}],
    "reason": "Thiếu giấy cam đoan",
    "ground": "NĐ 118/2025 Đ.16.3",
}
CHECKED = {"components": [{"key": "birth_notice", "proof": "attached", "originals": 1}]}
REFUSED = {"why": "other", "text": "Không thuộc đối tượng", "ground": "NĐ 118/2025 Đ.17.1c"}
STOPPED = {"reason": "Không đủ điều kiện", "ground": "NĐ 118/2025 Đ.21.3"}
WITHDRAWN = {"reason": "Tôi nộp nhầm"}


@pytest.fixture
def hoa(office: Office) -> Rest:
    return Rest(office.people.desk_officer.user)


@pytest.fixture
def filer(office: Office) -> User:
    return User.objects.create(username="nguoi-nop", kind=Kind.CITIZEN, created_at=office.now)


def asked(office: Office, dossier: Dossier, **more: Any) -> Supplement:
    item = Missing(Problem.MISSING, "Nộp giấy cam đoan", component="birth_statement")
    return supplements.ask_supplement(
        dossier=dossier,
        items=[Missing(Problem.WRONG, "Sửa tên", **more) if more else item],
        reason="Thiếu",
        ground="NĐ 118/2025 Đ.16.3",
        actor=office.people.desk_officer.user,
        now=office.tick(),
    )


# --- Done ------------------------------------------------------------------------------------------------------------


def test_papers_are_checked(office: Office, hoa: Rest) -> None:
    dossier = office.submitted()
    body = hoa.does(dossier, "component-checks", CHECKED)
    [row] = [one for one in body["components"] if one["key"] == "birth_notice"]
    assert (row["originals"], row["checkedAt"] is not None) == (1, True)


def test_a_dossier_is_received_as_on_the_page(office: Office, hoa: Rest) -> None:
    by_page, by_rest = office.checked(office.submitted()), office.checked(office.submitted())
    assert Desk(office.people.desk_officer).send("desk-acceptance", by_page).status_code == 302
    body = hoa.does(by_rest, "acceptances", {})
    assert body["state"] == "accepted"
    assert body["code"]
    assert facts(by_page) == facts(by_rest)


def test_a_dossier_is_refused_as_on_the_page(office: Office, hoa: Rest) -> None:
    by_page, by_rest = office.submitted(), office.submitted()
    page = Desk(office.people.desk_officer)
    assert page.send("desk-refusal", by_page, **REFUSED).status_code == 302
    assert hoa.does(by_rest, "refusals", REFUSED)["state"] == "refused"
    assert facts(by_page) == facts(by_rest)
    assert office.again(by_page).reason == office.again(by_rest).reason


def test_a_dossier_goes_on_to_the_competent_organ(office: Office, hoa: Rest) -> None:
    neighbour(office)
    dossier = office.submitted()
    told = {"competentUnitId": office.people.neighbour, "ground": "NĐ 118/2025 Đ.17.2a"}
    assert hoa.does(dossier, "reroutings", told)["responsibleUnitId"] == office.people.neighbour


def test_a_supplement_is_asked_answered_and_sent(office: Office, hoa: Rest, filer: User) -> None:
    dossier = office.submitted(filer=filer)
    body = hoa.does(dossier, "supplement-requests", ASKED)
    assert hoa.get(f"dossiers/{dossier.pk}/supplement-requests")["items"] == [body]
    rest, [item] = Rest(filer), body["items"]
    path = f"dossiers/{dossier.pk}/supplement-requests/{body['id']}/items/{item['id']}"
    etag = rest.etag(f"dossiers/{dossier.pk}")
    assert pointers(rest.send(path, {"fileIds": []}, etag=etag, method="put"), 422) == {"": "incomplete"}
    Supplement.objects.get(pk=body["id"]).items.update(component="", pointer="/child_name")
    assert pointers(rest.send(path, {}, etag=etag, method="put")) == {"/answers": "required"}
    odd = rest.send(path, {"answers": {"mother_name": "X"}}, etag=etag, method="put")
    assert pointers(odd) == {"/answers/mother_name": "not-asked"}
    said = {"answers": {"child_name": "Giàng Thị Nhuận"}}
    assert read(rest.send(path, said, etag=etag, method="put"), 200)["answeredAt"]
    assert rest.send(path, said, etag=etag, method="put").status_code == 412
    assert rest.does(dossier, "supplement-completions")["state"] == "submitted"
    assert office.again(dossier).answers["child_name"] == "Giàng Thị Nhuận"


def test_a_filer_withdraws(office: Office, filer: User) -> None:
    dossier = office.submitted(filer=filer)
    assert Rest(filer).does(dossier, "withdrawals", WITHDRAWN)["state"] == "withdrawn"


def test_the_organ_stops(office: Office) -> None:
    dossier = office.processing()
    assert Rest(office.people.specialist.user).does(dossier, "stops", STOPPED)["state"] == "stopped"


def test_content_is_corrected_before_the_acceptance(office: Office, filer: User) -> None:
    dossier = office.submitted(filer=filer)
    rest, path = Rest(filer), f"dossiers/{dossier.pk}"
    told = {"answers": {"child_name": "Giàng Thị Nhuận"}}
    assert rest.send(path, told, method="patch").status_code == 428
    etag = rest.etag(path)
    assert read(rest.send(path, told, etag=etag, method="patch"), 200)["answers"] == told["answers"]
    assert rest.send(path, told, etag=etag, method="patch").status_code == 412
    assert Event.objects.filter(name="services.dossier.content_changed").count() == 1


def test_both_sides_talk_and_officers_note(office: Office, hoa: Rest, filer: User) -> None:
    dossier = office.submitted(filer=filer)
    one, rest = f"dossiers/{dossier.pk}", Rest(filer)
    assert read(rest.send(f"{one}/messages", {"text": "Khi nào xong?"}), 201)["side"] == "citizen"
    assert read(hoa.send(f"{one}/messages", {"text": "Thứ Tư"}), 201)["side"] == "desk"
    assert [row["text"] for row in rest.get(f"{one}/messages")["items"]] == ["Thứ Tư", "Khi nào xong?"]
    read(hoa.send(f"{one}/notes", {"text": "Gọi lại chiều nay"}), 201)
    assert len(hoa.get(f"{one}/notes")["items"]) == 1
    assert "chiều nay" not in str(rest.get(f"{one}/notes", status=403))
    assert rest.send(f"{one}/notes", {"text": "x"}).status_code == 403
    assert Note.objects.count() == 1


def test_a_rating_is_given_once(office: Office, hoa: Rest, filer: User) -> None:
    dossier = office.submitted(filer=filer)
    path, told = f"dossiers/{dossier.pk}/ratings", {"after": "receipt", "score": 5}
    assert read(Rest(filer).send(path, told), 201)["score"] == 5
    assert Rest(filer).send(path, told).status_code == 409
    assert hoa.send(path, told).status_code == 403
    assert pointers(Rest(filer).send(path, {"after": "receipt", "score": 6})) == {"/score": "not-in-range"}
    assert Rating.objects.count() == len(hoa.get(path)["items"]) == 1


# --- Refused ---------------------------------------------------------------------------------------------------------

DEEDS: dict[str, Any] = {
    "component-checks": CHECKED,
    "acceptances": {},
    "refusals": REFUSED,
    "reroutings": {"competentUnitId": 1, "ground": "NĐ 118/2025"},
    "supplement-requests": ASKED,
    "stops": STOPPED,
    "withdrawals": WITHDRAWN,
    "hand-outs": {"receiver": "Vàng Thị Dở"},
    "supplement-completions": None,
}


@pytest.mark.parametrize("noun", DEEDS)
def test_needs_the_version_that_was_read(office: Office, hoa: Rest, noun: str) -> None:
    dossier, path = office.submitted(), f"dossiers/{office.submitted().pk}/{noun}"
    assert hoa.send(path, DEEDS[noun]).status_code == 428
    assert hoa.send(path, DEEDS[noun], etag='"0"').status_code == 412
    assert office.again(dossier).state == State.SUBMITTED


@pytest.mark.parametrize("noun", DEEDS)
def test_is_not_there_for_the_next_commune(office: Office, noun: str) -> None:
    dossier = office.submitted()
    response = Rest(office.people.outsider.user).send(f"dossiers/{dossier.pk}/{noun}", DEEDS[noun], etag='"0"')
    assert response.status_code == 404
    assert office.again(dossier).revision == dossier.revision


@pytest.mark.parametrize("noun", sorted(set(DEEDS) - {"withdrawals", "supplement-completions", "reroutings"}))
def test_is_not_the_filers(office: Office, filer: User, noun: str) -> None:
    dossier = office.submitted(filer=filer)
    Rest(filer).does(dossier, noun, DEEDS[noun], status=403)
    assert office.again(dossier).revision == dossier.revision


@pytest.mark.parametrize("noun", ["component-checks", "acceptances", "refusals"])
def test_not_in_another_state(office: Office, hoa: Rest, noun: str) -> None:
    body = hoa.does(office.accepted(), noun, DEEDS[noun], status=409)
    assert body["errors"][0]["code"] == "wrong-state"


def test_the_same_key_gives_the_first_answer(office: Office, hoa: Rest) -> None:
    dossier = office.checked(office.submitted())
    path = f"dossiers/{dossier.pk}"
    etag = hoa.etag(path)
    first, second = (hoa.send(f"{path}/acceptances", {}, etag=etag, key="one") for _ in range(2))
    assert (second.status_code, second.content) == (201, first.content)
    assert second["Idempotency-Replayed"] == "true"
    assert Event.objects.filter(name="services.dossier.accepted").count() == 1


def test_who_was_quicker_is_said_without_a_name(office: Office, hoa: Rest) -> None:
    dossier = office.submitted()
    path = f"dossiers/{dossier.pk}"
    etag = hoa.etag(path)
    actor = office.people.deputy.user
    reception.check_component(
        dossier=dossier, key="birth_notice", proof=Proof.SHOWN, counts=(0, 0, 0), note="", actor=actor,
        now=office.tick(),
    )  # fmt: skip
    body = read(hoa.send(f"{path}/acceptances", {}, etag=etag), 412)
    assert body["changedAt"]
    assert office.people.deputy.person.name not in str(body)


def test_papers_that_nobody_looked_at_stop_the_acceptance(office: Office, hoa: Rest) -> None:
    body = hoa.does(office.submitted(), "acceptances", {}, status=422)
    assert body["errors"][0]["code"] == "not-checked"


@pytest.mark.parametrize(
    ("noun", "body", "found"),
    [
        ("component-checks", {"components": []}, {"/components": "wrong-count"}),
        (
            "component-checks",
            {"components": [{"key": "x", "proof": "attached"}]},
            {"/components/0/key": "not-a-choice"},
        ),
        (
            "component-checks",
            {"components": [{"key": "birth_notice", "proof": "data"}]},
            {"/components/0/proof": "no-source"},
        ),
        ("acceptances", {"limitKey": "nope"}, {"/limitKey": "not-a-choice"}),
        ("acceptances", {"receivedAt": "2026-11-16T08:00:00+07:00"}, {"/proof": "required"}),
        ("acceptances", {"receivedAt": "2199-11-16T08:00:00+07:00", "proof": "x"}, {"/receivedAt": "in-the-future"}),
        ("refusals", {"why": "nope", "text": ""}, {"/why": "not-a-choice", "/text": "too-short"}),
        ("reroutings", {"competentUnitId": 10**9, "ground": "x"}, {"/competentUnitId": "no-unit"}),
        (
            "supplement-requests",
            ASKED | {"items": [{"problem": "missing", "text": "x"}]},
            {"/items/0": "not-one"},
        ),
        (
            "supplement-requests",
            ASKED | {"items": [{"component": "x", "problem": "missing", "text": "x"}]},
            {"/items/0/component": "not-a-choice"},
        ),
        ("hand-outs", {"receiver": " ", "x": 1}, {"/receiver": "too-short", "/x": "unknown"}),
    ],
)
def test_what_is_wrong_has_its_place(
    office: Office, hoa: Rest, noun: str, body: dict[str, Any], found: dict[str, str]
) -> None:
    dossier = office.submitted()
    path = f"dossiers/{dossier.pk}"
    assert pointers(hoa.send(f"{path}/{noun}", body, etag=hoa.etag(path))) == found
    assert Component.objects.filter(dossier=dossier, checked_at__isnull=False).count() == 0
