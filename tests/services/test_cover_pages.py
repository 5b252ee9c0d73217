"""Pages of heads: leaves entered and ended, what waits with whom, work shared out and confirmed as it was shown."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from portal.events import Event
from services import covering
from services.models import Dossier, LeaveCover, ProcedureVersion
from services.operations.batches import ITEM, SPREAD
from services.operations.processing import take_step
from tests.cast import Cast, sign_in
from tests.services.build import Office
from tests.services.lists import token_of
from tests.services.test_covers import entered
from tests.services.working import work_off

PLAN = re.compile(r'name="plan" value="(\w+)"')


@pytest.fixture
def office(people: Cast, version: ProcedureVersion) -> Office:
    return Office(people, version, timezone.now() - timedelta(hours=3))


@pytest.fixture
def head(client: Client, office: Office) -> Client:
    return sign_in(client, office.people.leader.user)


def form(office: Office, **more: Any) -> dict[str, Any]:
    today = localdate()
    return {
        "absent": office.people.specialist.assignment.pk,
        "cover": office.people.vice_chair.assignment.pk,
        "first_day": today.isoformat(),
        "last_day": (today + timedelta(days=2)).isoformat(),
        "decision_no": "12/QĐ-UBND",
        "decision_on": today.isoformat(),
        **more,
    }


def test_a_leave_is_entered_shown_and_ended(head: Client, office: Office) -> None:
    held = office.processing()
    address = reverse("services:cover-entering")
    answer = head.post(address, form(office, form_token=token_of(head, address)))
    assert answer.status_code == 302, answer.content.decode()
    covering.go_over(now=timezone.now())
    page = head.get(answer["Location"]).content.decode()
    assert str(held) in page
    assert "12/QĐ-UBND" in page
    waiting = head.get(reverse("services:waiting")).content.decode()
    assert "Vàng Seo Páo" in waiting, "for whom she acts"
    step = sign_in(Client(), office.people.vice_chair.user).get(
        reverse("services:work-item", args=[office.open_step(held).pk])
    )
    assert "12/QĐ-UBND" in step.content.decode()
    assert head.post(f"{answer['Location']}ket-thuc/").status_code == 302
    assert LeaveCover.objects.get().ended_at


def test_what_does_not_fit_is_told_with_what_was_typed(head: Client, office: Office) -> None:
    address = reverse("services:cover-entering")
    empty = head.post(address, {"form_token": token_of(head, address)})
    assert empty.status_code == 400
    wrong = form(office, last_day=(localdate() - timedelta(days=1)).isoformat(), form_token=token_of(head, address))
    answer = head.post(address, wrong)
    assert answer.status_code == 409
    assert "12/QĐ-UBND" in answer.content.decode()
    assert not LeaveCover.objects.exists()


@pytest.mark.parametrize("name", ["waiting", "redistribution", "cover-entering"])
def test_only_for_heads(client: Client, office: Office, name: str) -> None:
    address = reverse(f"services:{name}")
    assert sign_in(client, office.people.specialist.user).get(address).status_code == 403
    assert Client().get(address).status_code == 302


def test_leaves_are_read_by_their_unit_alone(client: Client, office: Office) -> None:
    leave = entered(office)
    one = reverse("services:cover", args=[leave.pk])
    specialist = sign_in(client, office.people.specialist.user)
    assert specialist.get(reverse("services:covers")).status_code == 200
    assert specialist.get(one).status_code == 200
    assert specialist.post(f"{one}ket-thuc/").status_code == 403
    outsider = sign_in(Client(), office.people.outsider.user)
    assert outsider.get(one).status_code == 404
    assert outsider.get(reverse("services:covers")).status_code == 403


def test_what_waits_is_counted_by_holder(head: Client, office: Office) -> None:
    held, free = office.processing(), office.accepted()
    page = head.get(reverse("services:waiting"))
    loads = {row.name: (row.open, row.late) for row, _key in page.context["loads"]}
    assert loads == {"": (1, 0), "Vàng Seo Páo": (1, 0)}
    mine = head.get(reverse("services:waiting"), {"giu": "nobody"}).content.decode()
    assert str(free) in mine
    assert str(held) not in mine
    assert head.get(reverse("services:waiting"), {"giu": "x"}).status_code == 404


def held_by_specialist(office: Office, number: int) -> list[Dossier]:
    return [office.processing() for _one in range(number)]


def share_address(office: Office) -> str:
    people = office.people
    among = "&".join(f"cho={member.user.pk}" for member in (people.vice_chair, people.leader))
    return f"{reverse('services:redistribution')}?tu={people.specialist.user.pk}&{among}"


def test_open_steps_are_shared_out_as_proposed(head: Client, office: Office) -> None:
    found = held_by_specialist(office, 3)
    own = office.accepted()
    take_step(item=office.open_step(own), actor=office.people.leader.user, now=office.tick())
    address = share_address(office)
    html = head.get(address).content.decode()
    plan = PLAN.search(html)
    assert plan
    said = {"plan": plan[1], "reason": "Nghỉ phép", "form_token": token_of(head, address)}
    answer = head.post(address, said)
    assert answer.status_code == 302, answer.content.decode()
    assert head.post(address, said)["Location"] == answer["Location"]
    assert Event.objects.filter(name="services.batch.ordered").count() == 1
    while work_off(timezone.now(), SPREAD, ITEM):
        pass
    holders = [office.again(row).holder for row in found]
    assert sorted(str(one) for one in holders) == ["do", "do", "thanh"], "the leader had one already"


def test_a_plan_that_is_older_than_the_work_is_shown_anew(head: Client, office: Office) -> None:
    held_by_specialist(office, 1)
    address = share_address(office)
    plan = PLAN.search(head.get(address).content.decode())
    assert plan
    held_by_specialist(office, 1)
    said = {"plan": plan[1], "reason": "Nghỉ phép", "form_token": token_of(head, address)}
    answer = head.post(address, said)
    assert answer.status_code == 409
    assert "Nghỉ phép" in answer.content.decode()
    assert not Event.objects.filter(name="services.batch.ordered").exists()
    assert head.get(address.partition("&")[0]).status_code == 200
    assert head.get(f"{address.partition('&')[0]}&cho=x").status_code == 400
