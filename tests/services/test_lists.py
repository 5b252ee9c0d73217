"""The list of dossiers: every filter in its address, columns, what a stranger sees, filters under a name."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.events import Event
from services.errors import NotAllowedError, TooManyFiltersError
from services.models import Dossier, ProcedureVersion, SavedFilter
from services.operations import lists as operations
from services.operations.lists import remove_filter, save_filter
from services.queries.lists import Choice, chosen
from tests.cast import Cast, sign_in
from tests.services.build import Office
from tests.services.lists import acting, token_of

LIST = "services:list"


@pytest.fixture
def office(people: Cast, version: ProcedureVersion) -> Office:
    return Office(people, version, timezone.now() - timedelta(hours=3))


@pytest.fixture
def three(office: Office) -> list[Dossier]:
    """Waiting for the desk, accepted, and held by the specialist."""
    return [office.submitted(), office.accepted(), office.processing()]


def found(office: Office, **choice: Any) -> set[Dossier]:
    return set(chosen(office.people.desk_officer.user, Choice(**choice), timezone.now()))


def test_each_filter_narrows_the_list(office: Office, three: list[Dossier]) -> None:
    submitted, accepted, held = three
    assert found(office) == set(three)
    assert found(office, state="submitted") == {submitted}
    assert found(office, state="open") == set(three)
    assert found(office, state="closed") == set()
    assert found(office, holder="nobody") == {submitted, accepted}
    assert found(office, holder=str(office.people.specialist.user.pk)) == {held}
    assert found(office, step="specialist") == {accepted, held}
    assert found(office, text=accepted.code[:-1]) >= {accepted}
    assert found(office, text="nhuan") == set(three)
    assert found(office, text="xyz") == set()
    assert found(office, procedure="1.001193") == set(three)
    assert found(office, channel="online") == set()
    assert found(office, part="returning") == set(three)
    assert found(office, unit=office.people.neighbour) == set()
    on = timezone.localdate(submitted.submitted_at)
    assert found(office, received_from=on, received_to=on) >= {submitted}
    assert found(office, received_from=on + timedelta(days=2)) == set()
    assert found(office, due_to=on - timedelta(days=30)) == set()
    assert found(office, lateness="late") | found(office, lateness="in_time") == set(three)
    assert found(office, lateness="paused") == set()


def test_the_address_holds_filter_order_and_columns(client: Client, office: Office, three: list[Dossier]) -> None:
    sign_in(client, office.people.desk_officer.user)
    page = client.get(reverse(LIST), {"trang_thai": "processing", "thu_tu": "newest", "cot": ["step", "received"]})
    html = page.content.decode()
    assert page.status_code == 200
    assert str(three[2]) in html
    assert str(three[0]) not in html
    assert "Thẩm tra" in html
    assert three[2].owner_name not in html, "a column that was not chosen"


@pytest.mark.parametrize(
    "query", ["trang_thai=x", "nguoi_giu=x", "don_vi=99", "nop_tu=x", "nop_tu=2026-02-02&nop_den=2026-02-01"]
)
def test_a_filter_that_says_nothing_sensible_is_told_so(client: Client, office: Office, query: str) -> None:
    sign_in(client, office.people.desk_officer.user)
    page = client.get(f"{reverse(LIST)}?{query}")
    assert page.status_code == 400
    assert "govuk-error-summary" in page.content.decode()


def test_the_next_commune_sees_none_of_it_by_either_net(client: Client, office: Office, three: list[Dossier]) -> None:
    sign_in(client, office.people.outsider.user)
    html = client.get(reverse(LIST)).content.decode()
    assert not [one for one in three if str(one) in html or one.owner_name in html]


def test_a_citizen_finds_no_such_page(client: Client, office: Office) -> None:
    assert client.get(reverse(LIST)).status_code == 302


def test_a_filter_is_kept_once_and_changed_by_its_name(client: Client, office: Office) -> None:
    sign_in(client, office.people.desk_officer.user)
    address = f"{reverse('services:list-filter-saving')}?han=late"
    said = {"name": "Trễ hạn", "form_token": token_of(client, address)}
    for _again in range(2):
        answer = client.post(address, said)
        assert answer.status_code == 302, answer.content.decode()
        assert answer["Location"] == f"{reverse(LIST)}?han=late"
    assert not SavedFilter.objects.exists(), "the second net"
    with acting(office.people.desk_officer):
        (saved,) = SavedFilter.objects.all()
    assert (saved.owner, saved.unit, saved.query) == (office.people.desk_officer.user, None, "han=late")
    assert Event.objects.filter(name="services.saved_filter.saved").count() == 1
    with acting(office.people.desk_officer) as actor:
        again = save_filter(name="Trễ hạn", query="han=soon", actor=actor, now=office.tick())
    assert (again.pk, again.query, again.revision) == (saved.pk, "han=soon", 2)
    assert "Trễ hạn" in client.get(reverse(LIST)).content.decode()


def test_only_a_head_keeps_filters_for_the_unit(office: Office) -> None:
    home, people = office.people.home, office.people
    with pytest.raises(NotAllowedError):
        save_filter(name="Chung", query="", unit_id=home, actor=people.desk_officer.user, now=office.tick())
    saved = save_filter(name="Chung", query="", unit_id=home, actor=people.deputy.user, now=office.tick())
    with pytest.raises(NotAllowedError):
        remove_filter(saved=saved, actor=people.desk_officer.user, now=office.tick())
    remove_filter(saved=saved, actor=people.leader.user, now=office.tick())
    assert not SavedFilter.objects.exists()
    assert Event.objects.filter(name="services.saved_filter.removed").count() == 1


def test_a_filter_of_the_unit_is_there_for_its_officers_alone(client: Client, office: Office) -> None:
    people = office.people
    save_filter(name="Chung cả xã", query="", unit_id=people.home, actor=people.deputy.user, now=office.tick())
    with acting(people.deputy) as deputy:
        save_filter(name="Riêng tôi", query="", actor=deputy, now=office.tick())
    html = sign_in(client, people.desk_officer.user).get(reverse("services:list-filters")).content.decode()
    assert "Chung cả xã" in html
    assert "Riêng tôi" not in html
    html = sign_in(Client(), people.outsider.user).get(reverse("services:list-filters")).content.decode()
    assert "Chung cả xã" not in html


def test_another_persons_filter_is_not_there(client: Client, office: Office) -> None:
    with acting(office.people.deputy) as deputy:
        saved = save_filter(name="Riêng", query="", actor=deputy, now=office.tick())
    sign_in(client, office.people.desk_officer.user)
    assert client.post(reverse("services:list-filter-removal", args=[saved.pk])).status_code == 404
    with acting(office.people.deputy):
        assert SavedFilter.objects.filter(pk=saved.pk).exists()


def test_there_is_an_end_to_filters(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operations, "MOST_FILTERS", 1)
    with acting(office.people.deputy) as actor:
        save_filter(name="a", query="", actor=actor, now=office.tick())
        with pytest.raises(TooManyFiltersError):
            save_filter(name="b", query="", actor=actor, now=office.tick())
