"""What is typed is kept while it is typed: as it is, judged by nobody, and never over what another device saved."""

import json
import re

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.events import Event
from portal.isolation import Scope, use
from services.models import Draft
from tests.services.test_file_online import begin, citizen, registers_answer, send, visitor, words

pytestmark = pytest.mark.usefixtures("country_catalogue")


def opened() -> tuple[User, Client, str]:
    user = citizen()
    client = visitor(user)
    draft = begin(client)
    send(client, f"{draft}trang/start/", relation="mother", circumstance="facility")
    return user, client, draft


def mark(client: Client, page: str) -> dict[str, str]:
    found = re.search(r'name="dau-trang" value="([0-9a-f]+)"', client.get(page).content.decode())
    assert found
    return {"dau-trang": found[1]}


def saved(client: Client, draft: str, page: str = "child", status: int = 200, **typed: str) -> dict[str, str]:
    response: HttpResponse = client.post(f"{draft}luu/{page}/", typed)
    assert response.status_code == status, response.content.decode()
    told: dict[str, str] = json.loads(response.content)
    return told


def kept(user: User) -> Draft:
    with transaction.atomic(), use(Scope(citizen=user.pk)):
        return Draft.objects.get()


def test_half_of_a_page_is_kept_as_typed_and_stands_there_again() -> None:
    user, client, draft = opened()
    page = f"{draft}trang/child/"
    told = saved(client, draft, child_name="Giàng A", child_birth_day_0="99", **mark(client, page))
    assert re.fullmatch(r"Đã lưu lúc \d\d:\d\d", told["text"])
    again = client.get(page)
    assert 'value="Giàng A"' in again.content.decode()
    assert 'value="99"' in again.content.decode()
    assert "Lỗi" not in words(again)
    assert "child_name" not in kept(user).answers


def test_sending_the_page_ends_what_was_typed() -> None:
    user, client, draft = opened()
    registers_answer(user)
    page = f"{draft}trang/requester/"
    saved(client, draft, "requester", requester_phone="09", **mark(client, page))
    assert kept(user).typed
    send(client, page, requester_phone="0912000321", **mark(client, page))
    assert kept(user).answers["requester_phone"] == "0912000321"
    assert not kept(user).typed


def test_another_device_is_told_and_nothing_is_overwritten() -> None:
    user, client, draft = opened()
    page = f"{draft}trang/child/"
    first = mark(client, page)
    saved(client, draft, child_name="Máy một", **first)
    told = saved(client, draft, status=409, child_name="Máy hai", **first)
    assert "nơi khác" in told["text"]
    assert kept(user).typed["child"]["child_name"] == ["Máy một"]
    response: HttpResponse = client.post(page, {"child_name": "Máy hai", **first})
    assert response.status_code == 409
    assert 'value="Máy hai"' in response.content.decode()
    assert "nơi khác" in words(response)


def test_only_boxes_of_the_page_are_kept() -> None:
    user, client, draft = opened()
    saved(client, draft, child_name="A", stranger="x", csrfmiddlewaretoken="y", **mark(client, f"{draft}trang/child/"))
    assert set(kept(user).typed["child"]) == {"child_name"}


def test_too_much_is_refused_and_keeps_what_was_there() -> None:
    user, client, draft = opened()
    told = saved(client, draft, status=413, child_name="x" * 20_001, **mark(client, f"{draft}trang/child/"))
    assert "dài" in told["text"]
    assert not kept(user).typed


def test_an_ended_draft_says_so_to_the_script() -> None:
    user, client, draft = opened()
    given = mark(client, f"{draft}trang/child/")
    with transaction.atomic(), use(Scope(citizen=user.pk)):
        Draft.objects.update(expires_at=timezone.now())
    assert saved(client, draft, status=410, child_name="A", **given)["text"]


def test_strangers_and_those_signed_out_save_nothing() -> None:
    user, client, draft = opened()
    given = mark(client, f"{draft}trang/child/")
    assert visitor(citizen()).post(f"{draft}luu/child/", given).status_code == 404
    assert Client().post(f"{draft}luu/child/", given).status_code in {302, 401, 403}
    assert client.get(f"{draft}luu/child/").status_code in {405, 410}
    assert not kept(user).typed


def test_a_form_of_another_site_is_refused() -> None:
    user, client, draft = opened()
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    assert strict.post(f"{draft}luu/child/", {"child_name": "A"}).status_code == 403
    assert not kept(user).typed


def test_the_trail_tells_once_per_page() -> None:
    user, client, draft = opened()
    given = mark(client, f"{draft}trang/child/")
    for name in ("A", "An", "Ang"):
        given = {"dau-trang": saved(client, draft, child_name=name, **given)["mark"]}
    with transaction.atomic(), use(Scope(citizen=user.pk)):
        told = Event.objects.filter(name="services.draft.saved", facts__typed=True, subject_id=str(kept(user).pk))
        assert told.count() == 1
