"""The pages on which an administrator lets programs in."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from portal.accounts import machines
from portal.accounts.models import ApiClient, ClientSecret
from tests.accounts.programs import MAKE, ask, make_client, open_marks, secret_of
from tests.cast import Cast, sign_in

TOKEN = re.compile(r'name="form_token" value="([^"]+)"')


@pytest.fixture
def duc(people: Cast) -> Client:
    open_marks()
    return sign_in(Client(), people.administrator.user)


def new(client: Client, unit_id: int, **changed: Any) -> Any:
    path = f"/can-bo/don-vi/{unit_id}/ung-dung/them/"
    page = client.get(path)
    assert page.status_code == 200
    [token] = TOKEN.findall(page.content.decode())
    year = timezone.localdate().year + 1
    form = {"name": "Trục liên thông", "capabilities": [MAKE], "reach": "own"}
    form |= {"until_0": "1", "until_1": "7", "until_2": str(year), "form_token": token}
    return client.post(path, form | changed)


def test_lets_a_program_in_and_shows_its_secret_once(duc: Client, people: Cast) -> None:
    answer = new(duc, people.home)
    program = ApiClient.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/can-bo/ung-dung/{program.pk}/")
    page = duc.post(f"/can-bo/ung-dung/{program.pk}/ma-bi-mat/")
    [secret] = re.findall(r'translate="no">([\w-]{43})<', page.content.decode())
    assert "no-store" in page["Cache-Control"]
    assert ask(program, secret).status_code == 200
    assert secret not in duc.get(answer["Location"]).content.decode()


def test_a_form_sent_twice_lets_one_program_in(duc: Client, people: Cast) -> None:
    path = f"/can-bo/don-vi/{people.home}/ung-dung/them/"
    [token] = TOKEN.findall(duc.get(path).content.decode())
    answers = [new(duc, people.home, form_token=token)["Location"] for _ in range(2)]
    assert answers[0] == answers[1]
    assert ApiClient.objects.count() == 1


def test_says_at_the_field_what_is_wrong(duc: Client, people: Cast) -> None:
    page = new(duc, people.home, name="", until_2="1999")
    assert page.status_code == 400
    page = new(duc, people.home, until_2="1999")
    assert page.status_code == 400
    assert 'href="#id_until_0"' in page.content.decode()
    assert not ApiClient.objects.exists()


def test_refuses_what_is_not_open_to_programs(duc: Client, people: Cast) -> None:
    assert new(duc, people.home, capabilities=["staff.assignment.edit"]).status_code == 400
    assert not ApiClient.objects.exists()


def test_asks_for_no_rights_while_there_are_none_to_give(
    duc: Client, people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machines, "_known", {})
    assert 'name="reach"' not in duc.get(f"/can-bo/don-vi/{people.home}/ung-dung/them/").content.decode()
    assert new(duc, people.home).status_code == 302
    assert not ApiClient.objects.get().grants.exists()


def test_lists_the_programs_of_the_unit_and_no_others(duc: Client, people: Cast) -> None:
    make_client(people)
    make_client(people, name="Máy khác", owner_unit_id=people.neighbour)
    page = duc.get(f"/can-bo/don-vi/{people.home}/ung-dung/").content.decode()
    assert "Trục liên thông" in page
    assert "Máy khác" not in page


def test_suspends_opens_again_and_closes(duc: Client, people: Cast) -> None:
    program = make_client(people)
    path = f"/can-bo/ung-dung/{program.pk}/trang-thai/"
    states = []
    for action in ("suspend", "resume", "close"):
        assert duc.post(path, {"action": action, "reason": "thử"}).status_code == 302
        states.append(ApiClient.objects.get().state)
        assert duc.get(f"/can-bo/ung-dung/{program.pk}/").status_code == 200
    assert states == ["suspended", "active", "closed"]
    assert duc.post(path, {"action": "suspend", "reason": "thử"}).status_code == 409
    assert duc.post(f"/can-bo/ung-dung/{program.pk}/ma-bi-mat/").status_code == 409


def test_asks_for_a_reason(duc: Client, people: Cast) -> None:
    program = make_client(people)
    assert duc.post(f"/can-bo/ung-dung/{program.pk}/trang-thai/", {"action": "close", "reason": ""}).status_code == 400
    assert ApiClient.objects.get().state == "active"


@pytest.mark.parametrize("who", ["desk_officer", "outsider", "leader"])
def test_refuses_everybody_else(people: Cast, who: str) -> None:
    program = make_client(people)
    secret_of(program, people)
    stranger = sign_in(Client(), getattr(people, who).user)
    assert stranger.get(f"/can-bo/don-vi/{people.home}/ung-dung/").status_code == 403
    assert stranger.get(f"/can-bo/don-vi/{people.home}/ung-dung/them/").status_code == 403
    assert stranger.get(f"/can-bo/ung-dung/{program.pk}/").status_code == 404
    assert stranger.post(f"/can-bo/ung-dung/{program.pk}/ma-bi-mat/").status_code == 404
    assert stranger.post(f"/can-bo/ung-dung/{program.pk}/trang-thai/", {"action": "close"}).status_code == 404
    assert ClientSecret.objects.count() == 1


def test_refuses_get_where_something_is_done(duc: Client, people: Cast) -> None:
    program = make_client(people)
    for name in ("ma-bi-mat", "trang-thai"):
        assert duc.get(f"/can-bo/ung-dung/{program.pk}/{name}/").status_code == 405
