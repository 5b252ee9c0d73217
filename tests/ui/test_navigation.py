"""The navigation: items of the apps, in their order, for whom they are meant."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import NoReverseMatch, resolve, reverse

from portal.accounts.models import Kind, User
from portal.ui import navigation
from portal.ui.navigation import Audience, Item


@pytest.fixture
def empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_items", set())


def asked(address: str = "/tro-giup/", *, signed_in: bool = False) -> HttpRequest:
    request = RequestFactory().get(address)
    request.user = User(kind=Kind.OFFICER, username="nguoi-thu") if signed_in else AnonymousUser()
    request.resolver_match = resolve(address)
    return request


def labels(request: HttpRequest, audience: Audience = Audience.CITIZEN) -> list[str]:
    return [str(link.label) for link in navigation.links(audience, request)]


@pytest.mark.parametrize("item", navigation.registered(), ids=lambda item: f"{item.audience}-{item.url_name}")
def test_every_item_leads_somewhere(item: Item) -> None:
    assert reverse(item.url_name)


@pytest.mark.usefixtures("empty")
def test_items_stand_in_their_order_and_only_for_their_audience() -> None:
    navigation.register(
        Item(Audience.CITIZEN, "b", "ui:help", order=2),
        Item(Audience.CITIZEN, "a", "ui:home", order=1),
        Item(Audience.OFFICER, "c", "ui:work"),
    )
    assert labels(asked()) == ["a", "b"]


@pytest.mark.usefixtures("empty")
def test_registering_twice_shows_it_once() -> None:
    for _time in range(2):
        navigation.register(Item(Audience.CITIZEN, "a", "ui:home"))
    assert labels(asked()) == ["a"]


@pytest.mark.usefixtures("empty")
def test_the_page_one_is_on_is_marked() -> None:
    navigation.register(Item(Audience.CITIZEN, "a", "ui:home"), Item(Audience.CITIZEN, "b", "ui:help"))
    assert [link.current for link in navigation.links(Audience.CITIZEN, asked())] == ["page", ""]


@pytest.mark.usefixtures("empty")
def test_a_page_of_another_app_is_marked_where_it_belongs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_homes", {})
    navigation.register(Item(Audience.OFFICER, "a", "units:acts"), Item(Audience.OFFICER, "b", "documents:documents"))
    request = asked("/van-ban/sap-xep/7/", signed_in=True)
    assert [link.current for link in navigation.links(Audience.OFFICER, request)] == ["true", ""]
    navigation.belongs("documents:act-file", "units:acts")
    assert [link.current for link in navigation.links(Audience.OFFICER, request)] == ["", "true"]


@pytest.mark.usefixtures("empty")
def test_items_come_and_go_with_signing_in() -> None:
    navigation.register(
        Item(Audience.PERSON, "in", "ui:home", order=1, signed_in=False),
        Item(Audience.PERSON, "out", "ui:help", order=2, signed_in=True),
        Item(Audience.PERSON, "always", "ui:display", order=3),
    )
    assert labels(asked(), Audience.PERSON) == ["in", "always"]
    assert labels(asked(signed_in=True), Audience.PERSON) == ["out", "always"]


@pytest.mark.usefixtures("empty")
def test_an_item_that_needs_a_capability_is_hidden_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    navigation.register(Item(Audience.ADMIN, "a", "ui:home", needs="units.tree.edit"))
    assert labels(asked(), Audience.ADMIN) == []
    monkeypatch.setattr(User, "has_perm", lambda _self, _perm, _obj=None: False)
    assert labels(asked(signed_in=True), Audience.ADMIN) == []
    monkeypatch.setattr(User, "has_perm", lambda _self, perm, _obj=None: perm == "units.tree.edit")
    assert labels(asked(signed_in=True), Audience.ADMIN) == ["a"]


@pytest.mark.usefixtures("empty")
def test_an_item_without_its_page_is_left_out_of_the_page() -> None:
    navigation.register(Item(Audience.CITIZEN, "a", "nobody:nothing"))
    with pytest.raises(NoReverseMatch):
        reverse("nobody:nothing")
    assert labels(asked()) == []
