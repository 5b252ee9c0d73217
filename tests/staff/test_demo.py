"""The demo's officers: made once, never in production, each with a way to sign in."""

from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.settings import base
from staff import catalogue, demo
from staff.models import Assignment
from tests.units.land import load_land

pytestmark = pytest.mark.django_db


@pytest.fixture
def places(db: None) -> dict[str, int]:
    land = load_land()
    codes = {demo.PROVINCE: "01", demo.HOME: "00001", demo.NEIGHBOUR: "00004", demo.SPLIT: "00005"}
    return {place: land.new(code).pk for place, code in codes.items()}


@pytest.fixture
def loaded(places: dict[str, int]) -> list[User]:
    return demo.load(units=places, now=timezone.now())


def test_is_repeatable(places: dict[str, int], loaded: list[User]) -> None:
    assert demo.load(units=places, now=timezone.now()) == loaded
    assert Assignment.objects.count() == len(demo.PEOPLE)


def test_every_post_is_in_the_catalogue() -> None:
    assert {person.post for person in demo.PEOPLE} <= set(catalogue.kinds())


def test_each_signs_in_but_who_left(loaded: list[User]) -> None:
    for person in demo.PEOPLE:
        client = Client()
        client.post("/dang-nhap/can-bo/", {"login": person.username, "password": demo.PASSWORD})
        answer = client.post("/dang-nhap/can-bo/xac-thuc/", {"code": person.code(timezone.now())})
        assert answer.status_code == (403 if person.left else 302), person.username


def test_list_says_how_each_signs_in(loaded: list[User]) -> None:
    said = StringIO()
    call_command("demo_people", stdout=said)
    assert all(person.username in said.getvalue() for person in demo.PEOPLE)
    assert demo.PASSWORD in said.getvalue()


def test_code_is_the_one_of_the_moment() -> None:
    said = StringIO()
    call_command("demo_code", "mot-cua", stdout=said)
    assert len(said.getvalue().strip()) == 6


@pytest.mark.parametrize("command", [["load_demo"], ["demo_people"], ["demo_code", "mot-cua"]])
def test_refused_in_production(settings: Any, command: list[str]) -> None:
    assert base.DEMO_PEOPLE_ALLOWED is False
    settings.DEMO_PEOPLE_ALLOWED = False
    with pytest.raises(CommandError, match="never in production"):
        call_command(*command)
    with pytest.raises(ImproperlyConfigured):
        demo.load(units={}, now=timezone.now())


def test_says_what_to_do_first() -> None:
    with pytest.raises(CommandError, match="load_country"):
        call_command("load_demo")
