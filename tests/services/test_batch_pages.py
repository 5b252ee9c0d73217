"""The way through the pages: tick or take all, see what can't and why, confirm once, watch, call off, take back."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import User
from portal.events import Event
from services.models import Dossier, DossierBatch, ProcedureVersion
from services.operations.batches import ITEM, SPREAD
from services.operations.proposing import propose_result
from services.views import batches as views
from tests.cast import Cast, sign_in
from tests.services.build import Office
from tests.services.lists import acting, token_of
from tests.services.working import birth_answers, first_signer, real, work_off

ORDER = "services:list-ordering"


@pytest.fixture
def office(people: Cast, version: ProcedureVersion) -> Office:
    return Office(people, version, timezone.now() - timedelta(hours=3))


@pytest.fixture
def head(client: Client, office: Office) -> Client:
    return sign_in(client, office.people.leader.user)


def send(client: Client, address: str, shown: int, **said: Any) -> Any:
    return client.post(address, {"shown": shown, "form_token": token_of(client, address), **said})


def order(client: Client, office: Office, address: str, shown: int, to: User | None = None) -> Any:
    officer = to or office.people.specialist.user
    return send(client, address, shown, officer=str(officer.pk), reason="Chia việc")


def test_everything_that_matches_on_all_pages(head: Client, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.views.lists.SIZE", 1)
    found = [office.accepted() for _one in range(3)]
    waiting = office.submitted()
    shown = head.get(reverse("services:list") + "?trang_thai=accepted").content.decode()
    assert "ca" in shown
    address = reverse(ORDER) + "?viec=assign&trang_thai=accepted&ca=on"
    answer = order(head, office, address, 3)
    assert answer.status_code == 302, answer.content.decode()
    while work_off(timezone.now(), SPREAD, ITEM):
        pass
    assert {office.again(row).holder_id for row in found} == {office.people.specialist.user.pk}
    assert office.again(waiting).holder_id is None
    page = head.get(answer["Location"]).content.decode()
    assert all(str(row) in page for row in found)


def test_what_cannot_be_done_is_said_before(head: Client, office: Office) -> None:
    good, waiting = office.accepted(), office.submitted()
    address = reverse(ORDER) + f"?viec=assign&chon={good.pk}&chon={waiting.pk}"
    html = head.get(address).content.decode()
    assert str(waiting) in html
    assert 'name="shown" value="1"' in html
    assert order(head, office, address, 1).status_code == 302
    with acting(office.people.leader):
        assert DossierBatch.objects.get().number == 1


def test_sent_twice_it_is_one_order(head: Client, office: Office) -> None:
    dossier = office.accepted()
    address = reverse(ORDER) + f"?viec=assign&chon={dossier.pk}"
    said = {"officer": str(office.people.specialist.user.pk), "reason": "x", "shown": 1}
    said["form_token"] = token_of(head, address)
    first, second = head.post(address, said), head.post(address, said)
    assert first["Location"] == second["Location"]
    assert Event.objects.filter(name="services.batch.ordered").count() == 1


def test_another_number_is_confirmed_anew(head: Client, office: Office) -> None:
    office.accepted()
    address = reverse(ORDER) + "?viec=assign&ca=on"
    html = head.get(address).content.decode()
    assert 'name="shown" value="1"' in html
    office.accepted()
    answer = order(head, office, address, 1)
    assert answer.status_code == 409
    assert 'name="shown" value="2"' in answer.content.decode()
    assert not Event.objects.filter(name="services.batch.ordered").exists()


@pytest.mark.parametrize(("query", "status"), [("viec=assign", 400), ("viec=x&ca=on", 404), ("viec=take&chon=x", 404)])
def test_nothing_chosen_and_nonsense(head: Client, office: Office, query: str, status: int) -> None:
    office.accepted()
    assert head.get(f"{reverse(ORDER)}?{query}").status_code == status


def test_too_many_are_told_so(head: Client, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "most_of", lambda _deed: 1)
    for _one in range(2):
        office.accepted()
    assert head.get(f"{reverse(ORDER)}?viec=take&ca=on").status_code == 400


def test_nothing_said_is_an_error_at_the_field(head: Client, office: Office) -> None:
    address = reverse(ORDER) + f"?viec=assign&chon={office.accepted().pk}"
    answer = send(head, address, 1)
    assert answer.status_code == 400
    assert "id_officer" in answer.content.decode()


def test_called_off_and_taken_back(head: Client, office: Office) -> None:
    dossier: Dossier = office.accepted()
    address = reverse(ORDER) + f"?viec=assign&chon={dossier.pk}"
    page = order(head, office, address, 1)["Location"]
    while work_off(timezone.now(), SPREAD, ITEM):
        pass
    assert head.post(f"{page}hoan-lai/", {}).status_code == 400
    back = head.post(f"{page}hoan-lai/", {"reason": "Nhầm"})
    assert back.status_code == 302
    while work_off(timezone.now(), SPREAD, ITEM):
        pass
    assert office.again(dossier).holder_id is None
    again = order(head, office, address, 1)["Location"]
    assert head.post(f"{again}dung/").status_code == 302
    while work_off(timezone.now(), SPREAD, ITEM):
        pass
    assert office.again(dossier).holder_id is None
    assert len(head.get(reverse("services:list-batches")).context["rows"]) == 3


def test_nobody_elses_order_is_there(head: Client, office: Office) -> None:
    address = reverse(ORDER) + f"?viec=assign&chon={office.accepted().pk}"
    page = order(head, office, address, 1)["Location"]
    other = sign_in(Client(), office.people.deputy.user)
    assert other.get(page).status_code == 404
    assert other.post(f"{page}dung/").status_code == 404
    assert other.post(f"{page}hoan-lai/", {"reason": "x"}).status_code == 404


def test_a_dossier_of_the_next_commune_cannot_be_chosen(client: Client, office: Office) -> None:
    dossier = office.accepted()
    sign_in(client, office.people.outsider.user)
    answer = client.get(f"{reverse(ORDER)}?viec=accept&chon={dossier.pk}")
    assert answer.status_code == 400
    assert str(dossier) not in answer.content.decode()


def test_without_a_result_to_sign_one_is_told_so(head: Client, office: Office) -> None:
    answer = head.get(f"{reverse(ORDER)}?viec=sign&chon={office.accepted().pk}", follow=True)
    assert answer.redirect_chain[-1][0].startswith(reverse("services:list"))


def test_chosen_results_go_to_where_documents_are_signed_together(client: Client, people: Cast) -> None:
    office = Office(people, real("1.001193"), timezone.now() - timedelta(minutes=20))
    answers = birth_answers(people.home) | {"child_personal_number": "001326900001"}
    item = office.open_step(office.processing(answers=answers))
    signer = first_signer(people, office.now)
    dossier = propose_result(item=item, signer=signer, actor=people.specialist.user, now=office.tick())
    sign_in(client, people.leader.user)
    answer = client.get(f"{reverse(ORDER)}?viec=sign&ca=on", follow=True)
    assert answer.redirect_chain[-1][0] == reverse("documents:batch-ky-confirm")
    assert str(dossier.result_document) in answer.content.decode()
