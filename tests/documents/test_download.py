"""Giving out: to readers only, never as something that a browser runs, and with a trace."""

from pathlib import Path
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from documents.models import StoredFile
from documents.operations.files import share_with
from portal.accounts.models import User
from portal.events import Event
from portal.isolation import scope
from tests.cast import NOW, Cast, sign_in
from tests.documents.test_store_file import citizen
from tests.documents.uploading import CONTENT, made, sent


def get(user: User, file: StoredFile) -> HttpResponse:
    answer: HttpResponse = sign_in(Client(), user).get(reverse("documents:file", args=[file.pk]))
    return answer


def content(answer: HttpResponse) -> bytes:
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # a file response


def views(file: StoredFile) -> list[str]:
    names = Event.objects.about("documents.storedfile", file.pk).values_list("name", flat=True)
    return [name for name in names if name.endswith("viewed")]


def test_gives_the_original_byte_for_byte_as_an_attachment(people: Cast) -> None:
    file = sent(actor=people.clerk.user, unit_id=people.home)
    answer = get(people.desk_officer.user, file)
    assert content(answer) == CONTENT
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''gi%E1%BA%A5y%20khai%20sinh.pdf"
    assert answer["ETag"] == f'"{file.blob_id}"'
    assert answer["Content-Length"] == str(len(CONTENT))


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("X-Content-Type-Options", "nosniff"),
        ("Content-Security-Policy", "sandbox; default-src 'none'; frame-ancestors 'none'"),
        ("Cache-Control", "private, no-store"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ],
)
def test_no_browser_may_run_or_keep_it(people: Cast, header: str, value: str) -> None:
    answer = get(people.clerk.user, made(people.home))
    assert answer[header] == value
    assert "Accept-Ranges" not in answer
    content(answer)


def test_strangers_are_told_that_there_is_nothing(people: Cast) -> None:
    file = sent(actor=people.clerk.user, unit_id=people.home)
    assert get(people.outsider.user, file).status_code == 404
    assert get(people.administrator.user, file).status_code == 404, "who looks after accounts reads no papers"
    assert get(citizen(), file).status_code == 404
    assert get(people.clerk.user, StoredFile(pk=uuid4())).status_code == 404
    assert views(file) == []


def test_without_signing_in_nobody_gets_it(people: Cast) -> None:
    answer = Client().get(reverse("documents:file", args=[made(people.home).pk]))
    assert answer.status_code == 302


def test_looking_at_personal_data_is_an_event_that_its_owner_sees(people: Cast) -> None:
    own = citizen()
    file = sent(actor=people.desk_officer.user, unit_id=people.home, owner=own.pk)
    content(get(people.specialist.user, file))
    assert views(file) == ["documents.storedfile.viewed"]
    with scope(citizen=own.pk):
        assert Event.objects.of_person(own.pk).filter(name__endswith="viewed").count() == 1


def test_its_owner_and_what_is_no_personal_data_leave_no_such_trace(people: Cast) -> None:
    own = citizen()
    file, letter = made(people.home, owner=own.pk), made(people.home)
    assert content(get(own, file))
    assert content(get(people.clerk.user, letter))
    assert views(file) == views(letter) == []


def test_a_unit_with_which_it_is_shared_gets_it(people: Cast) -> None:
    file = share_with(file=made(people.home), unit_ids=[people.neighbour], actor=people.clerk.user, now=NOW)
    assert content(get(people.outsider.user, file))


def test_content_that_is_gone_is_said_plainly(people: Cast, media: Path) -> None:
    file = made(people.home)
    (media / file.blob_id[:2] / file.blob_id).unlink()
    answer = get(people.clerk.user, file)
    assert (answer.status_code, answer["Retry-After"]) == (503, "600")


def test_nothing_can_be_sent_there(people: Cast) -> None:
    address = reverse("documents:file", args=[made(people.home).pk])
    assert sign_in(Client(), people.clerk.user).post(address).status_code == 405
