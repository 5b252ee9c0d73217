"""Whoever sent a petition takes it back until it is answered: signed in, or by code and PIN."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from portal.events import Event
from portal.events.actors import ANONYMOUS
from portal.isolation import scope
from services.errors import NotAllowedError
from services.models import Petition
from services.operations import petition_work as work
from services.operations.petitions import withdraw_petition
from services.petition_errors import OthersWaitError, PetitionMovedError, PetitionStaleError
from services.petition_links import token_of
from services.petition_states import PetitionState
from tests.cast import Cast, sign_in
from tests.services.api.talking import Rest, read
from tests.services.conftest import MONDAY
from tests.services.own import citizen
from tests.services.petitioning import ANSWER, Box
from tests.services.test_petition_pages import Browser

S = PetitionState


@pytest.fixture(autouse=True)
def fresh_counters() -> None:
    cache.clear()


@pytest.fixture
def box(people: Cast) -> Box:
    return Box(people, MONDAY)


def take_back(box: Box, petition: Petition, actor: Any = ANONYMOUS, **more: Any) -> Petition:
    values: dict[str, Any] = {"text": "Đã được giải quyết", "by_code": actor is ANONYMOUS, **more}
    return withdraw_petition(petition=petition, actor=actor, now=box.tick(), **values)


@pytest.mark.parametrize("state", [S.WAITING, S.FORWARDED, S.PROCESSING, S.SUPPLEMENT])
def test_until_it_is_answered(box: Box, state: S) -> None:
    done = box.again(take_back(box, box.in_state(state)))
    assert (done.state, done.next_due_at, done.closed_at) == ("withdrawn", None, box.now)
    assert not done.clocks.filter(ended_at=None).exists()
    event = Event.objects.about("services.petition", done.pk).get(name="services.petition.withdrawn")
    assert (event.before, event.after) == (str(state), "withdrawn")
    assert "Đã được giải quyết" not in str(event.facts)


@pytest.mark.parametrize("state", [S.ANSWERED, S.PUBLISHED, S.CLOSED, S.REFUSED, S.MERGED, S.LAPSED, S.WITHDRAWN])
def test_not_after_it(box: Box, state: S) -> None:
    with pytest.raises(PetitionMovedError):
        take_back(box, box.in_state(state))


def test_only_by_whoever_sent_it(box: Box) -> None:
    sender = citizen()
    petition = box.filed(actor=sender)
    for user in (citizen("khac"), box.handler):
        with pytest.raises(NotAllowedError):
            take_back(box, petition, user)
    with pytest.raises(PetitionStaleError):
        take_back(box, petition, sender, revision=9)
    assert take_back(box, petition, sender).state == "withdrawn"


def test_not_while_others_wait_for_its_answer(box: Box) -> None:
    main = box.received()
    work.merge_petition(petition=box.filed(), into=main, actor=box.handler, now=box.tick())
    with pytest.raises(OthersWaitError):
        take_back(box, main)
    assert box.again(main).state == "processing"


def test_nobody_goes_on_with_it(box: Box) -> None:
    petition = box.received()
    take_back(box, petition)
    with pytest.raises(PetitionMovedError):
        work.answer_petition(petition=petition, text=ANSWER, actor=box.handler, now=box.tick())
    browser = Browser(sign_in(Client(), box.handler))
    assert "Người gửi đã rút" in browser.get("petition", petition.pk)


def test_by_code_and_pin_on_the_page(box: Box) -> None:
    petition, browser = box.received(), Browser()
    token = token_of(petition.pk)
    with scope():
        assert 'value="rut"' in browser.get("petition-follow", token)
        assert browser.send("petition-follow", token, deed="rut", **{"withdraw-text": ""}).status_code == 302
        shown = browser.get("petition-follow", token)
    assert "Đã rút" in shown
    assert 'value="rut"' not in shown
    assert box.again(petition).state == "withdrawn"


def test_signed_in_on_the_page(box: Box) -> None:
    sender = citizen()
    petition, browser = box.filed(actor=sender), Browser(sign_in(Client(), sender))
    assert browser.send("own-petition", petition.pk, deed="rut", **{"withdraw-text": "Nhầm xã"}).status_code == 302
    assert "Nhầm xã" in browser.get("own-petition", petition.pk)


def test_over_rest_both_ways(box: Box) -> None:
    sender = citizen()
    own, other = box.filed(actor=sender), box.filed()
    rest, one = Rest(sender), f"petitions/{own.pk}"
    assert rest.get(one)["abilities"]["withdraw"] is True
    read(rest.send(f"{one}/withdrawals", {}, etag=rest.etag(one)), 201)
    assert rest.get(one)["state"] == "withdrawn"
    with scope():
        body = {"code": other.reference, "pin": other.pin}
        anybody = Rest(None)
        assert anybody.send("petition-withdrawals", body | {"pin": "000000"}).status_code == 400
        assert read(anybody.send("petition-withdrawals", body), 201)["state"] == "withdrawn"
        assert anybody.send("petition-withdrawals", body).status_code == 409
