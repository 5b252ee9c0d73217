"""A form sent twice has one effect."""

import re
import threading
from datetime import timedelta
from typing import Any

import pytest
from django.core import signing
from django.db import connections, transaction
from django.test import Client

from portal.accounts import once
from portal.api import idempotency
from portal.api.models import IdempotencyKey
from portal.events.models import Event
from portal.isolation import Purpose, scope
from tests.cast import Cast, cast, sign_in

pytestmark = pytest.mark.urls("tests.accounts.form_urls")
TOKEN = re.compile(r'name="form_token" value="([^"]+)"')


def token_of(response: Any) -> str:
    found = TOKEN.search(response.content.decode())
    assert found
    return found[1]


def made() -> int:
    with scope(purpose=Purpose.VERIFY):
        return Event.objects.filter(name="tests.mark.made").count()


@pytest.fixture
def hoa(people: Cast) -> Client:
    return sign_in(Client(), people.desk_officer.user)


def test_the_second_sending_leads_to_the_first_ones_result(hoa: Client) -> None:
    form = {"form_token": token_of(hoa.get("/dau/")), "name": "a"}
    first, second = hoa.post("/dau/", form), hoa.post("/dau/", form)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"] == "/dau/form-a/"
    assert made() == 1


def test_what_was_typed_the_second_time_does_not_count(hoa: Client) -> None:
    token = token_of(hoa.get("/dau/"))
    hoa.post("/dau/", {"form_token": token, "name": "a"})
    assert hoa.post("/dau/", {"form_token": token, "name": "b"})["Location"] == "/dau/form-a/"
    assert made() == 1


def test_a_form_that_was_not_right_may_be_sent_again(hoa: Client) -> None:
    token = token_of(hoa.get("/dau/"))
    refused = hoa.post("/dau/", {"form_token": token, "name": "too long"})
    assert refused.status_code == 400
    assert hoa.post("/dau/", {"form_token": token, "name": "a"}).status_code == 302
    assert hoa.post("/dau/", {"form_token": token_of(refused), "name": "b"}).status_code == 302


def test_showing_a_form_writes_nothing(hoa: Client) -> None:
    assert token_of(hoa.get("/dau/")) != token_of(hoa.get("/dau/"))
    with scope(purpose=Purpose.RETENTION):
        assert not IdempotencyKey.objects.exists()


def test_nobody_sends_a_form_that_somebody_else_opened(hoa: Client, people: Cast) -> None:
    token = token_of(hoa.get("/dau/"))
    refused = sign_in(Client(), people.outsider.user).post("/dau/", {"form_token": token, "name": "a"})
    assert refused.status_code == 403
    assert made() == 0


NO_LIST = signing.dumps("no list", salt=once.SALT)  # differs with the second: its test needs a name of its own


@pytest.mark.parametrize("token", ["", "x", "x:y:z", NO_LIST], ids=["none", "word", "parts", "signed"])
def test_a_form_without_a_token_of_ours_does_nothing_and_loses_nothing(hoa: Client, token: str) -> None:
    typed = {"form_token": token, "name": '"<Ă>'}
    page = hoa.post("/dau/", typed)
    assert page.status_code == 400
    assert 'name="name" value="&quot;&lt;Ă&gt;"' in page.content.decode()
    assert made() == 0
    sent = hoa.post("/dau/", {"form_token": token_of(page), "name": "a"})
    assert sent["Location"] == "/dau/form-a/"


def test_a_form_that_is_too_old_says_so(hoa: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    token = token_of(hoa.get("/dau/"))
    monkeypatch.setattr(once, "VALID", timedelta(seconds=-1))
    page = hoa.post("/dau/", {"form_token": token, "name": "a"})
    assert page.status_code == 400
    assert "no-store" in page["Cache-Control"]
    assert made() == 0


def test_a_token_is_good_for_one_form(hoa: Client) -> None:
    token = token_of(hoa.get("/dau/"))
    hoa.post("/dau/", {"form_token": token, "name": "a"})
    assert hoa.post("/dau-khac/", {"form_token": token, "name": "b"}).status_code == 400
    assert made() == 1


def test_what_was_done_is_remembered_longer_than_a_token_is_good() -> None:
    assert once.VALID < idempotency.KEPT


def test_many_sendings_at_once_have_one_effect(real_db: str) -> None:
    with transaction.atomic():
        client = sign_in(Client(), cast().desk_officer.user)
    form = {"form_token": token_of(client.get("/dau/")), "name": "a"}
    start, answers, troubles = threading.Barrier(8, timeout=30), [], []

    def send() -> None:
        mine = Client()
        mine.cookies = client.cookies
        start.wait()
        try:
            answers.append(mine.post("/dau/", form)["Location"])
        except Exception as error:
            troubles.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not troubles
    assert answers == ["/dau/form-a/"] * 8
    with transaction.atomic():
        assert made() == 1
