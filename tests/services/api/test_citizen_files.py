"""A citizen over REST: a file, a draft with what registers know, and filed once."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone

from portal.accounts.models import Kind, User
from portal.isolation import Scope, use
from services.api import dossier_schemas, draft_schemas
from services.models import Component, Dossier, Draft, Evidence, Proof
from tests.services.api.talking import Rest, pointers, read
from tests.services.test_file_online import _picture, citizen, registers_answer

pytestmark = pytest.mark.usefixtures("country_catalogue")
BIRTH = "1.001193"


def upload(rest: Rest, *, key: str = "file", name: str = "giay.png", content: bytes = b"", **form: Any) -> HttpResponse:
    sent = {"file": SimpleUploadedFile(name, content or _picture(), "image/png"), **form}
    response: HttpResponse = rest.client.post("/api/v1/files", sent, headers={"Idempotency-Key": key})
    return response


def told(**more: Any) -> dict[str, Any]:
    return {
        "relation": "mother",
        "circumstance": "facility",
        "requester_phone": "0912000321",
        "child_name": "Giàng A Sinh",
        "child_sex": "male",
        "child_ethnic_group": "Hmông",
        "child_nationality": "Việt Nam",
        "child_birth_day": timezone.localdate().isoformat(),
        "birth_place": "Bệnh viện",
        "declares_father": True,
        "parents_married": True,
        **more,
    }


def begun(user: User) -> tuple[Rest, str, str]:
    """A draft to which the registers have answered, and the id of a file."""
    rest = Rest(user)
    draft = read(rest.send("declaration-drafts", {"procedure": BIRTH}), 201)
    assert set(draft) == set(draft_schemas.DeclarationDraftDetailSerializer().fields)
    registers_answer(user)
    file = read(upload(rest), 201)
    assert set(file) == set(dossier_schemas.StoredFileSerializer().fields)
    return rest, f"declaration-drafts/{draft['id']}", str(file["id"])


def saved(rest: Rest, path: str, **more: Any) -> HttpResponse:
    shown = rest.get(path)
    body = {"answers": told(**more)} | ({"competentUnitId": unit} if (unit := _home(shown)) else {})
    return rest.send(path, body, etag=rest.etag(path), method="put")


def _home(shown: dict[str, Any]) -> int | None:
    found = shown["known"].get("mother_residence") or shown["known"].get("requester_residence")
    return int(found["unit"]) if found else None


def test_a_draft_is_filled_and_filed_once() -> None:
    user = citizen()
    rest, path, file = begun(user)
    assert rest.get(path)["known"]["requester_name"] == "Thào Thị Mỷ"
    read(saved(rest, path, birth_notice_files=[file]), 200)
    shown = rest.get(path)
    assert (shown["faults"], shown["missingComponents"]) == ([], [])
    body = {"draftId": shown["id"]}
    first, again = read(rest.send("dossiers", body), 201), read(rest.send("dossiers", body), 201)
    assert first["id"] == again["id"]
    assert first["channel"] == "online"
    with transaction.atomic(), use(Scope(citizen=user.pk)):
        dossier = Dossier.objects.get()
        assert dossier.answers["mother_name"] == "Thào Thị Mỷ"
        assert dossier.summary == "Đăng ký khai sinh cho Giàng A Sinh"
        proofs = dict(Component.objects.filter(dossier=dossier).values_list("key", "proof"))
        assert proofs["birth_notice"] == Proof.ATTACHED
        assert set(Evidence.objects.values_list("subject_id", flat=True)) == {dossier.pk}
    [row] = rest.get(f"dossiers/{first['id']}/attachments")["items"]
    assert row["file"]["id"] == file
    assert rest.get("declaration-drafts")["items"] == []
    assert rest.send(path, {"answers": {}}, etag='"0"', method="put").status_code == 404


def test_what_is_unfinished_is_kept_and_not_filed() -> None:
    rest, path, _file = begun(citizen())
    shown = read(saved(rest, path), 200)
    assert "birth_notice" in str(shown["faults"]) + str(shown["missingComponents"])
    found = rest.send("dossiers", {"draftId": shown["id"]})
    assert found.status_code in {400, 422}
    assert "birth_notice" in found.content.decode() or "component-missing" in found.content.decode()


def test_what_is_wrong_is_not_kept() -> None:
    rest, path, _file = begun(citizen())
    assert pointers(saved(rest, path, child_birth_day="2199-01-01")) == {"/answers/child_birth_day": "too-late"}
    stranger = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"
    assert pointers(saved(rest, path, birth_notice_files=[stranger])) == {"/answers": "no-file"}
    assert rest.get(path)["answers"] == {}
    assert rest.send(path, {"answers": {}}, method="put").status_code == 428


def test_in_one_go_everything_is_said_by_oneself() -> None:
    rest, path, _file = begun(citizen())
    found = pointers(rest.send("dossiers", {"procedure": BIRTH, "answers": told()}))
    assert found["/answers/requester_residence"] == "missing"
    assert pointers(rest.send("dossiers", {"draftId": path[-36:], "procedure": BIRTH})) == {"/procedure": "not-for-you"}
    assert pointers(rest.send("dossiers", {"procedure": BIRTH})) == {"/answers": "required"}


def test_a_draft_is_its_writers_only_and_can_be_thrown_away() -> None:
    user = citizen()
    rest, path, file = begun(user)
    other = Rest(citizen())
    assert other.client.get(f"/api/v1/{path}").status_code == 404
    assert other.client.get(f"/api/v1/files/{file}").status_code == 404
    assert pointers(other.send("dossiers", {"draftId": path[-36:]})) == {"/draftId": "not-found"}
    assert other.send(path, etag='"0"', method="delete").status_code == 404
    assert [row["id"] for row in rest.get("declaration-drafts")["items"]] == [path[-36:]]
    assert rest.send(path, etag=rest.etag(path), method="delete").status_code == 204
    with transaction.atomic(), use(Scope(citizen=user.pk)):
        assert not Draft.objects.exists()
        assert not Evidence.objects.exists()


def test_answers_are_checked_without_filing() -> None:
    rest = Rest(citizen())
    body = read(rest.send("declaration-checks", {"procedure": BIRTH, "answers": {"relation": "friend"}}), 200)
    assert body["isComplete"] is False
    assert {one["pointer"]: one["code"] for one in body["faults"]}["/answers/relation"] == "no-choice"


def test_a_file_is_kept_once_for_its_key() -> None:
    user = citizen()
    rest = Rest(user)
    first, again = upload(rest), upload(rest)
    assert first.content == again.content
    assert again["Idempotency-Replayed"] == "true"
    assert upload(rest, name="khac.png").status_code == 422
    assert rest.get(f"files/{read(first, 201)['id']}")["name"] == "giay.png"


def test_a_file_of_the_wrong_kind_is_refused_in_words() -> None:
    rest = Rest(citizen())
    body = read(upload(rest, name="x.png", content=b"MZ not a picture"), 422)
    assert body["errors"][0]["code"]
    assert rest.send("files", {"file": "x"}).status_code == 415
    assert pointers(upload(rest, key="two", unitId="1")) == {"/unitId": "not-for-you"}
    response = rest.client.post("/api/v1/files", {"unitId": "x"}, headers={"Idempotency-Key": "three"})
    assert pointers(response) == {"/file": "required", "/unitId": "not-in-range"}


def test_a_file_comes_back_byte_for_byte_to_its_owner_only() -> None:
    user = citizen()
    rest, content = Rest(user), _picture()
    file = read(upload(rest, content=content), 201)["id"]
    response = rest.client.get(f"/api/v1/files/{file}/content")
    assert response.status_code == 200
    assert b"".join(response.streaming_content) == content  # type: ignore[attr-defined]  # Django's test response
    assert response["Content-Type"] == "image/png"
    assert "giay.png" in response["Content-Disposition"]
    other = User.objects.create(username="nguoi-khac", kind=Kind.CITIZEN, created_at=timezone.now())
    assert Rest(other).client.get(f"/api/v1/files/{file}/content").status_code == 404
    assert Rest(None).client.get(f"/api/v1/files/{file}/content").status_code == 401
