"""Whoever sent a petition is told of every change, and no officer reads it there."""

from typing import Any

import pytest

from portal.isolation import scope
from portal.notifications.models import Notification
from services.notification_table import rows as table
from services.operations import petition_work as work
from services.petition_states import PETITION_TRANSITIONS, PetitionState
from tests.cast import Cast
from tests.notifications import carriers
from tests.services.conftest import MONDAY
from tests.services.notified import rows, tell
from tests.services.own import citizen
from tests.services.petitioning import Box


@pytest.fixture(autouse=True)
def connected(settings: Any) -> None:
    carriers.connect(settings)


@pytest.fixture
def box(people: Cast) -> Box:
    return Box(people, MONDAY)


def test_every_change_of_state_has_its_row() -> None:
    told = {row.fact for row in table()}
    assert {str(one.fact) for one in PETITION_TRANSITIONS.values()} <= told


@pytest.mark.parametrize("state", list(PetitionState))
def test_in_every_state_its_sender_knows_it(box: Box, state: PetitionState) -> None:
    sender = citizen()
    petition = box.in_state(state, actor=sender)
    tell(box.tick())
    fact = next(str(one.fact) for one in PETITION_TRANSITIONS.values() if one.target is state)
    told = [row for row in rows(user=sender) if row.template.startswith(f"{fact}/")]
    assert [(row.channel, row.unit_id, row.kind) for row in told] == [("vneid", None, "petitions")]
    assert petition.reference in told[0].content["title"]
    assert petition.text not in str(told[0].content)


def test_without_an_account_a_bare_sentence_comes_to_the_telephone(box: Box) -> None:
    petition = box.filed(contact={"phone": "0912000321", "name": "Lý A Tủa"})
    tell(box.tick())
    [row] = rows()
    assert (row.channel, row.address, row.user_id) == ("sms", "0912000321", None)
    assert row.content["text"].startswith(f"Phan anh {petition.reference} da gui luc")
    assert "Lý" not in str(row.content)


def test_who_left_nothing_is_told_nothing(box: Box) -> None:
    box.filed()
    tell(box.tick())
    assert rows() == []


def test_who_was_joined_hears_the_answer_too(box: Box) -> None:
    first, second = citizen("mot"), citizen("hai")
    main = box.received(actor=first)
    work.merge_petition(petition=box.filed(actor=second), into=main, actor=box.handler, now=box.tick())
    work.answer_petition(petition=main, text="Đã sửa.", actor=box.handler, now=box.tick())
    tell(box.tick())
    told = rows(template__startswith="services.petition.answered")
    assert {row.user_id for row in told} == {first.pk, second.pk}


def test_no_officer_finds_it_among_what_was_told(box: Box) -> None:
    box.filed(actor=citizen(), about_officer="Vàng Seo Páo")
    tell(box.tick())
    with scope(units=[box.people.home]):
        assert not Notification.objects.exists()


def test_told_once_however_often_the_fact_is_worked_off(box: Box) -> None:
    box.filed(actor=citizen())
    tell(box.tick())
    tell(box.tick(minutes=1))
    assert len(rows()) == 1
