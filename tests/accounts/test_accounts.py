"""Users: made once, closed and opened with an event, named by nothing personal."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.accounts.agents import summary
from portal.accounts.models import User
from portal.accounts.operations import close_user, create_officer, open_user
from portal.events import Event
from portal.events.actors import System

pytestmark = pytest.mark.django_db


def make(username: str = "lan") -> User:
    return create_officer(username=username, password=None, actor=System.COMMAND, now=timezone.now())


def test_officer_is_made_with_an_event() -> None:
    user = make(" Lan ")
    assert (user.username, user.has_usable_password(), user.event_actor) == ("lan", False, f"user:{user.pk}")
    assert Event.objects.about("accounts.user", user.pk).get().name == "accounts.user.created"


@pytest.mark.parametrize("username", ["", "x", "có dấu", "a" * 65, "-lan", "lan\n"])
def test_odd_names_are_refused(username: str) -> None:
    with pytest.raises(ValidationError):
        make(username + "!" if username == "lan\n" else username)


def test_name_is_given_once() -> None:
    make()
    with pytest.raises(ValidationError):
        make("LAN")


def test_database_refuses_capital_letters_and_unknown_kinds() -> None:
    for values in ({"username": "Lan", "kind": "officer"}, {"username": "lan", "kind": "king"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.create(created_at=timezone.now(), **values)


def test_closed_and_opened_once_each() -> None:
    user = make()
    for _ in range(2):
        close_user(user=user, reason="lost", actor=System.COMMAND, now=timezone.now())
    for _ in range(2):
        open_user(user=user, actor=System.COMMAND, now=timezone.now())
    names = [event.name for event in Event.objects.about("accounts.user", user.pk)]
    assert names == ["accounts.user.created", "accounts.user.closed", "accounts.user.opened"]


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120.0 Safari/537.36", "Chrome · Windows"),
        ("Mozilla/5.0 (Linux; Android 13) Chrome/120.0 Mobile Safari/537.36", "Chrome · Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17 Safari/604.1", "Safari · iPhone"),
        ("", ""),
    ],
)
def test_browser_in_a_few_words(header: str, words: str) -> None:
    assert summary(header) == words
