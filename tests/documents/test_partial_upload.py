"""A file in parts: declared, gone on with after a broken line, handed over whole, thrown away when late."""

import hashlib
import json
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from documents.errors import FileRefusedError, UploadGoneError, UploadOffsetError, UploadsOpenError
from documents.models import PartialUpload, UploadPart
from documents.operations import partial
from documents.operations.partial import PART, add_part, begin_upload, clear_uploads, whole_upload
from portal.accounts.models import User
from portal.events.actors import System
from portal.isolation import Scope, scope, use
from tests.cast import NOW, Cast, sign_in
from tests.documents.making import pdf

CONTENT = pdf() + bytes(2 * PART)


def begun(sender: User, content: bytes = CONTENT, **more: Any) -> PartialUpload:
    values: dict[str, Any] = {
        "name": "giấy.pdf",
        "media_type": "application/pdf",
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    return begin_upload(**{**values, **more}, actor=sender, now=NOW)


def send(sender: User, upload: PartialUpload, offset: int, content: bytes) -> PartialUpload:
    return add_part(upload_id=upload.pk, offset=offset, content=content, actor=sender, now=NOW)


def send_all(sender: User, upload: PartialUpload, content: bytes = CONTENT) -> None:
    for offset in range(upload.received, len(content), PART):
        send(sender, upload, offset, content[offset : offset + PART])


@pytest.fixture
def sender(people: Cast) -> Any:
    user = people.desk_officer.user
    with scope(citizen=user.pk):
        yield user


def test_parts_become_the_file_that_was_declared(sender: User) -> None:
    upload = begun(sender)
    send_all(sender, upload)
    with whole_upload(upload_id=upload.pk, actor=sender, now=NOW) as file:
        assert (file.read(), file.name, file.size) == (CONTENT, "giấy.pdf", len(CONTENT))
    assert (PartialUpload.objects.count(), UploadPart.objects.count()) == (0, 0)


def test_a_broken_line_goes_on_where_it_broke(sender: User) -> None:
    send(sender, begun(sender), 0, CONTENT[:PART])
    again = begun(sender)
    assert again.received == PART
    send_all(sender, again)
    with whole_upload(upload_id=again.pk, actor=sender, now=NOW) as file:
        assert file.read() == CONTENT


def test_the_same_part_twice_counts_once(sender: User) -> None:
    upload = begun(sender)
    for _ in range(2):
        assert send(sender, upload, 0, CONTENT[:PART]).received == PART
    assert UploadPart.objects.count() == 1


@pytest.mark.parametrize(
    ("offset", "content"),
    [(1, b"x"), (PART, b"x"), (0, b""), (0, bytes(PART + 1)), (10**9, b"x")],
    ids=["gap", "ahead", "nothing", "too much at once", "far beyond"],
)
def test_a_part_that_does_not_fit_is_told_where_to_go_on(sender: User, offset: int, content: bytes) -> None:
    upload = begun(sender)
    with pytest.raises(UploadOffsetError) as refused:
        send(sender, upload, offset, content)
    assert refused.value.received == 0


def test_more_than_was_declared_is_refused(sender: User) -> None:
    upload = begun(sender, b"%PDF-1.7")
    with pytest.raises(UploadOffsetError):
        send(sender, upload, 0, b"%PDF-1.7 and more")


def test_another_content_than_declared_is_refused_and_nothing_kept_of_it(sender: User) -> None:
    upload = begun(sender, sha256="0" * 64)
    send_all(sender, upload)
    with pytest.raises(FileRefusedError), whole_upload(upload_id=upload.pk, actor=sender, now=NOW):
        pytest.fail("it was handed over")


def test_what_is_not_whole_is_not_handed_over(sender: User) -> None:
    upload = begun(sender)
    send(sender, upload, 0, CONTENT[:PART])
    with pytest.raises(UploadOffsetError), whole_upload(upload_id=upload.pk, actor=sender, now=NOW):
        pytest.fail("it was handed over")


@pytest.mark.parametrize(
    "more", [{"size": 0}, {"size": -1}, {"size": 10**9}, {"sha256": "x"}, {"name": "a.exe"}, {"name": "a.pdf\n.js"}]
)
def test_what_would_be_refused_is_refused_before_its_first_byte(sender: User, more: dict[str, Any]) -> None:
    with pytest.raises(FileRefusedError):
        begun(sender, **more)


def test_nobody_keeps_many_on_their_way(sender: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(partial, "MOST_OPEN", 1)
    begun(sender)
    with pytest.raises(UploadsOpenError):
        begun(sender, name="khac.pdf")


def test_a_stranger_sees_and_sends_nothing(sender: User, people: Cast) -> None:
    upload = begun(sender)
    send(sender, upload, 0, CONTENT[:PART])
    stranger = people.outsider.user
    with use(Scope(units=(people.home,), citizen=stranger.pk)):
        assert (PartialUpload.objects.count(), UploadPart.objects.count()) == (0, 0)
        with pytest.raises(UploadGoneError):
            send(stranger, upload, PART, b"x")


def test_what_stays_unfinished_goes_after_a_day(sender: User) -> None:
    send(sender, begun(sender), 0, CONTENT[:PART])
    assert clear_uploads(actor=System.SCHEDULE, now=NOW + timedelta(hours=23)) == 0
    assert clear_uploads(actor=System.SCHEDULE, now=NOW + timedelta(hours=24)) == 1
    assert (PartialUpload.objects.count(), UploadPart.objects.count()) == (0, 0)


@pytest.mark.parametrize("cut", [1, 7, 399, 400, 401, 800])
def test_however_it_is_cut_it_becomes_the_whole(sender: User, cut: int) -> None:
    content = b"%PDF-1.7" + bytes(range(8, 200)) * 2
    upload = begun(sender, content)
    for offset in range(0, len(content), cut):
        send(sender, upload, offset, content[offset : offset + cut])
    with whole_upload(upload_id=upload.pk, actor=sender, now=NOW) as file:
        assert file.read() == content


def test_the_doors_answer_a_script(people: Cast) -> None:
    client = sign_in(Client(), people.desk_officer.user)
    told = {"name": "a.pdf", "type": "application/pdf", "size": len(CONTENT)}
    told["sha256"] = hashlib.sha256(CONTENT).hexdigest()

    def post(url: str, body: bytes) -> HttpResponse:
        return client.post(url, body, content_type="application/octet-stream")  # type: ignore[return-value]  # Django's

    said = json.loads(post("/tep/gui/", json.dumps(told).encode()).content)
    assert (said["received"], said["part"]) == (0, PART)
    assert json.loads(post(f"{said['url']}0/", CONTENT[:PART]).content)["received"] == PART
    wrong = post(f"{said['url']}7/", b"x")
    assert (wrong.status_code, json.loads(wrong.content)["received"]) == (409, PART)
    for junk in (b"", b"[]", b'"x"', b"{}", b"\xff", json.dumps({**told, "size": "9"}).encode()):
        assert post("/tep/gui/", junk).status_code == 400
    assert client.get("/tep/gui/").status_code == 405
    other = sign_in(Client(), people.outsider.user)
    url = f"{said['url']}{PART}/"
    assert other.post(url, b"x", content_type="application/octet-stream").status_code == 404
    assert Client().post("/tep/gui/", b"{}", content_type="application/json").status_code in {302, 401, 403}
