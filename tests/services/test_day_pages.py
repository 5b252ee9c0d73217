"""The pages of the desk's day, as officers and people at the door use them."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from services.kiosks import token_of
from services.models import PaperBlock, PaperNumber, Ticket
from services.operations.outage import set_numbers_aside
from services.paper_numbers import NumberState
from services.tickets import TicketState
from tests.services.build import Office
from tests.services.desk import TOKEN, Desk
from tests.services.own import words


@pytest.fixture
def office(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    """A working day, whatever day it is: nobody draws numbers at night."""
    monkeypatch.setattr(timezone, "now", lambda: office.now)
    return office


@pytest.fixture
def desk(office: Office) -> Desk:
    return Desk(office.people.desk_officer)


def post(client: Client, page: str, to: str = "", **data: object) -> Any:
    """Sends the form of `page`."""
    token = TOKEN.search(client.get(page).content.decode())
    return client.post(to or page, {"form_token": token[1] if token else "", **data})


def drawn(office: Office, client: Client | None = None) -> Ticket:
    address = f"/lay-so/{token_of(office.people.home)}/"
    response = post(client or Client(), address, errand="file")
    assert response.status_code == 302
    return Ticket.objects.get(pk=response["Location"].strip("/").split("/")[-1])


def counter(office: Office) -> str:
    return f"{reverse('services:counter')}?ban={office.people.home}&quay=2"


def deed(desk: Desk, office: Office, viec: str, **more: Any) -> Any:
    to = reverse("services:call")
    return post(desk.client, counter(office), to, ban=office.people.home, quay="2", viec=viec, **more)


def test_from_the_machine_over_the_board_to_the_counter(office: Office, desk: Desk) -> None:
    ticket = drawn(office)
    slip = Client().get(reverse("services:ticket", args=[ticket.pk]))
    assert "001" in words(slip)  # type: ignore[arg-type]  # Django's
    assert slip["Refresh"] == "10"
    assert deed(desk, office, "goi").status_code == 302
    board = Client().get(reverse("services:board", args=[office.people.home]))
    assert "001" in words(board)  # type: ignore[arg-type]  # the same
    assert reverse("services:catalogue") not in board.content.decode()  # it hangs in the hall
    assert deed(desk, office, "xong").status_code == 302
    ticket.refresh_from_db()
    assert ticket.state == TicketState.SERVED


def test_a_form_that_is_sent_twice_draws_one_number(office: Office) -> None:
    client, address = Client(), f"/lay-so/{token_of(office.people.home)}/"
    token = TOKEN.search(client.get(address).content.decode())
    assert token
    sent = {"form_token": token[1], "errand": "ask"}
    first, second = client.post(address, sent), client.post(address, sent)
    assert first["Location"] == second["Location"]
    assert Ticket.objects.count() == 1


def test_the_machine_says_when_the_desk_is_closed(office: Office) -> None:
    office.tick(hours=10)
    response = post(Client(), f"/lay-so/{token_of(office.people.home)}/", errand="file")
    assert response.status_code == 409
    assert not Ticket.objects.exists()


def test_whoever_did_not_come_stands_on_the_list(office: Office, desk: Desk) -> None:
    ticket = drawn(office)
    deed(desk, office, "goi")
    deed(desk, office, "vang")
    assert "001" in words(desk.client.get(counter(office)))  # type: ignore[arg-type]  # the same
    deed(desk, office, "goi-lai", so=str(ticket.pk))
    ticket.refresh_from_db()
    assert (ticket.state, ticket.calls) == (TicketState.CALLED, 2)


def test_an_officer_without_a_desk_calls_nobody(office: Office) -> None:
    assert Desk(office.people.specialist).client.get(reverse("services:counter")).status_code == 403


def test_codes_are_set_aside_printed_and_made_void(office: Office, desk: Desk) -> None:
    on = localdate(office.now)
    page = reverse("services:outage")
    day = {"day_0": str(on.day), "day_1": str(on.month), "day_2": str(on.year)}
    response = post(desk.client, page, unit=office.people.home, count=2, reason="Bão số 5", **day)
    assert response.status_code == 302
    block = PaperBlock.objects.get()
    sheet = words(desk.client.get(reverse("services:paper-sheet", args=[block.pk])))  # type: ignore[arg-type]  # the same
    numbers = list(PaperNumber.objects.order_by("code"))
    assert all(number.code in sheet for number in numbers)
    assert "Mã hồ sơ" in sheet
    void = reverse("services:paper-void", args=[numbers[0].pk])
    assert post(desk.client, void, reason="").status_code == 400
    assert post(desk.client, void, reason="Tờ bị ướt").status_code == 302
    numbers[0].refresh_from_db()
    assert numbers[0].state == NumberState.VOID
    assert "Tờ bị ướt" in words(desk.client.get(response["Location"]))  # type: ignore[arg-type]  # the same


def test_a_strangers_codes_do_not_exist(office: Office, desk: Desk) -> None:
    block = _block(office)
    stranger = Desk(office.people.outsider).client
    number = PaperNumber.objects.first()
    assert number
    for name, pk in (("paper-block", block.pk), ("paper-sheet", block.pk), ("paper-void", number.pk)):
        assert stranger.get(reverse(f"services:{name}", args=[pk])).status_code == 404


def test_what_was_received_on_paper_is_entered_with_its_code(office: Office) -> None:
    _block(office)
    number = PaperNumber.objects.order_by("code").first()
    assert number
    dossier = office.checked(office.submitted())
    office.tick(hours=2)
    desk = Desk(office.people.desk_officer)
    assert reverse("services:desk-paper-acceptance", args=[dossier.pk]) in desk.page("desk-acceptance", dossier)
    sent = {"number": str(number.pk), "at": "9:30", "proof": "Tập mất điện, tờ 1"}
    assert desk.send("desk-paper-acceptance", dossier, **(sent | {"at": "25:00"})).status_code == 400
    assert desk.send("desk-paper-acceptance", dossier, **sent).status_code == 302
    entered = office.again(dossier)
    assert entered.code == number.code
    assert entered.accepted_at is not None
    assert timezone.localtime(entered.accepted_at).strftime("%H:%M") == "09:30"


def _block(office: Office) -> PaperBlock:
    return set_numbers_aside(
        unit_id=office.people.home,
        day=localdate(office.now),
        count=2,
        reason="Mất điện",
        actor=office.people.desk_officer.user,
        now=office.tick(),
    )
