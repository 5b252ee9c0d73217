"""Filed at A, decided by B, returned at C: each hand-over with its due moment and a receipt on both sides."""

import html
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate, localtime

from portal.events import Event
from portal.isolation import use
from services import errors
from services.kinds import Channel, Paper
from services.models import Component, Dossier, DossierBatch, Handover, Proof
from services.operations import reception
from services.operations.filing import Places
from services.operations.handing import receive_handover
from services.operations.processing import finish_step, take_step
from services.operations.results import decide, hand_out, note_proposal
from services.queries.handovers import coming, going, parts_of, received, visible_to
from staff.scopes import scope_of
from tests.cast import Member, officer, sign_in
from tests.documents import reading
from tests.services.build import Office
from tests.services.consulting import neighbour
from tests.services.lists import acting, token_of
from tests.services.own import Home


@pytest.fixture
def worker(office: Office) -> Member:
    """At B, which decides."""
    return neighbour(office)


@pytest.fixture
def third(office: Office) -> Member:
    """At the desk of C, which hands the result out."""
    return officer(
        "lan", name="Đỗ Thị Lan", number="000186000041", unit_id=office.people.elsewhere, post="desk-officer"
    )


def filed(office: Office) -> Dossier:
    people = office.people
    places = Places(people.home, people.neighbour, people.elsewhere)
    return office.accepted(places=places, channel=Channel.DESK)


def on_its_way(dossier: Dossier) -> list[tuple[str, int, int, bool]]:
    rows = Handover.objects.filter(dossier=dossier).order_by("id")
    return [(row.what, row.from_unit_id, row.to_unit_id, row.received_at is not None) for row in rows]


def test_from_a_to_b_to_c(office: Office, worker: Member, third: Member) -> None:
    people = office.people
    a, b, c = people.home, people.neighbour, people.elsewhere
    with use(scope_of(people.desk_officer.user)):
        dossier = filed(office)
    assert on_its_way(dossier) == [("dossier", a, b, False), ("papers", a, b, False)]
    with use(scope_of(worker.user)):
        take_step(item=office.open_step(dossier), actor=worker.user, now=office.tick())
        (papers,) = coming([b])
        receive_handover(handover=papers, note="Thiếu 1 bản sao", actor=worker.user, now=office.tick())
    assert all(arrived for *_rest, arrived in on_its_way(dossier))
    papers.refresh_from_db()
    assert (papers.from_officer, papers.to_officer, papers.note) == (
        people.desk_officer.user, worker.user, "Thiếu 1 bản sao",
    )  # fmt: skip
    with use(scope_of(people.desk_officer.user)):  # the giving desk sees the receipt
        assert Handover.objects.get(pk=papers.pk).received_at == office.now
    document = dossier.pk
    with use(scope_of(worker.user)):
        note_proposal(
            dossier=dossier, document_id=document, item=office.open_step(dossier), actor=worker.user, now=office.tick()
        )
        decide(dossier_id=dossier.pk, document_id=document, actor=worker.user, now=office.tick())
    assert on_its_way(dossier)[-1] == ("result", b, c, False)
    with use(scope_of(third.user)):
        assert [row.what for row in coming([c])] == ["result"]
        hand_out(dossier=dossier, channel=Channel.DESK, receiver="Vàng Thị Dở", actor=third.user, now=office.tick())
    assert on_its_way(dossier)[-1] == ("result", b, c, True)
    told = [event.name for event in Event.objects.about("services.dossier", dossier.pk).order_by("id")]
    assert told.count("services.handover.made") == told.count("services.handover.received") == 3


def test_each_sees_what_comes_to_it_and_what_went_from_it(office: Office, worker: Member, third: Member) -> None:
    dossier = filed(office)
    for member, seen in ((office.people.desk_officer, 2), (worker, 2), (third, 0)):
        with use(scope_of(member.user)):
            assert visible_to(member.user, localdate()).filter(dossier=dossier).count() == seen
    with use(scope_of(office.people.desk_officer.user)):
        assert [row.what for row in going([office.people.home])] == ["dossier", "papers"]
        assert not received([office.people.home]).exists()


def test_the_same_day_before_the_cut_off_and_the_next_working_day_after_it(office: Office) -> None:
    early = filed(office)
    office.now = office.now.replace(hour=8, minute=30)  # 15:30 in Vietnam
    late = filed(office)
    due = [localtime(Handover.objects.filter(dossier=one).order_by("id")[0].due_at) for one in (early, late)]
    assert [f"{moment:%d %H:%M}" for moment in due] == ["16 17:00", "17 17:00"]


def test_papers_to_another_level_have_a_working_day(office: Office) -> None:
    people = office.people
    dossier = office.accepted(places=Places(people.home, people.province, people.home), channel=Channel.DESK)
    electronic, papers = Handover.objects.filter(dossier=dossier).order_by("id")
    assert (f"{localtime(electronic.due_at):%d}", f"{localtime(papers.due_at):%d}") == ("16", "17")


def test_what_was_filed_online_has_no_papers_on_their_way(office: Office) -> None:
    people = office.people
    dossier = office.accepted(
        places=Places(people.home, people.neighbour, people.home), channel=Channel.ONLINE, level=2
    )
    assert [what for what, *_rest in on_its_way(dossier)] == ["dossier"]


def test_what_came_to_the_wrong_organ_is_handed_over_by_whoever_held_it(office: Office) -> None:
    neighbour(office)
    people = office.people
    dossier = office.submitted(places=Places(people.home, people.elsewhere, people.home))
    reception.reroute(
        dossier=dossier, way=reception.Way(people.neighbour), ground="NĐ 118/2025 Đ.17.2a",
        actor=people.desk_officer.user, now=office.tick(),
    )  # fmt: skip
    row = Handover.objects.filter(dossier=dossier).order_by("id")[0]
    assert (row.from_unit_id, row.to_unit_id) == (people.home, people.neighbour)


def test_only_the_receiving_unit_receives_and_a_second_time_changes_nothing(office: Office, worker: Member) -> None:
    dossier = filed(office)
    row = Handover.objects.filter(dossier=dossier).order_by("id")[1]
    with pytest.raises(errors.NotAllowedError):
        receive_handover(handover=row, actor=office.people.desk_officer.user, now=office.tick())
    first = receive_handover(handover=row, actor=worker.user, now=office.tick()).received_at
    again = receive_handover(handover=row, note="x", actor=worker.user, now=office.tick())
    assert (again.received_at, again.note) == (first, "")
    within = office.processing()
    finish_step(item=office.open_step(within), note="", actor=office.people.specialist.user, now=office.tick())
    assert not Handover.objects.filter(dossier=within).exists()


def test_a_stack_is_received_on_one_page(office: Office, worker: Member) -> None:
    office.now = timezone.now() - timedelta(minutes=30)
    first, second = filed(office), filed(office)
    page = Home(worker.user)
    shown = page.page("handovers")
    assert first.code in shown
    assert second.code in shown
    assert page.client.post(reverse("services:handovers"), {}).status_code == 400
    row = Handover.objects.filter(dossier=first).order_by("id")[1]
    sent = {"pick": [str(row.pk)], f"note-{row.pk}": "Thiếu tờ khai"}
    assert page.client.post(reverse("services:handovers"), sent).status_code == 302
    row.refresh_from_db()
    assert (row.to_officer, row.note) == (worker.user, "Thiếu tờ khai")
    rest = [str(one.pk) for one in Handover.objects.in_transit()]
    page.client.post(reverse("services:handovers"), {"all": rest, "tat-ca": "1"})
    assert not Handover.objects.in_transit().exists()
    assert "Thiếu tờ khai" in page.page("handovers", query="?nhom=nhan")
    assert "Thiếu tờ khai" in Home(office.people.desk_officer.user).page("desk-dossier", first.pk)


def test_all_slips_of_what_is_shown_are_printed_together(office: Office, client: Client) -> None:
    office.now = timezone.now() - timedelta(minutes=30)
    shown = [filed(office), filed(office)]
    office.accepted()
    sign_in(client, office.people.desk_officer.user)
    page = client.get(reverse("services:handovers"), {"nhom": "di"}).content.decode()
    (address,) = re.findall(r'href="([^"]+viec=print[^"]+)"', page)
    address = html.unescape(address)
    asked = client.get(address).content.decode()
    assert re.findall(r'value="([^"]+)"[^>]* checked', asked) == [Paper.CONTROL.value]
    assert asked.count(f'href="{reverse("services:handovers")}?nhom=di"') == 2, "back to where it came from"
    assert f'href="{reverse("services:list")}?' not in asked
    sent = {"papers": Paper.CONTROL.value, "shown": "2", "form_token": token_of(client, address)}
    assert client.post(address, sent).status_code == 302
    with acting(office.people.desk_officer):
        batch = DossierBatch.objects.get()
        assert set(batch.chosen) == {row.pk for row in shown}
    nothing = client.get(reverse("services:handovers"), {"nhom": "nhan"}).content.decode()
    assert "viec=print" not in nothing


def test_nobody_receives_what_goes_elsewhere(office: Office) -> None:
    dossier = filed(office)
    rows = [str(row.pk) for row in Handover.objects.filter(dossier=dossier)]
    page = Home(office.people.desk_officer.user)
    assert page.client.post(reverse("services:handovers"), {"pick": rows}).status_code == 400
    assert Handover.objects.in_transit().count() == 2


def test_form_06_lists_every_hand(office: Office, worker: Member) -> None:
    office.now = timezone.now() - timedelta(minutes=30)
    dossier = filed(office)
    client = sign_in(Client(), office.people.desk_officer.user)
    empty = office.submitted()
    assert client.get(reverse("services:control-slip", args=[empty.pk])).status_code == 409
    row = Handover.objects.filter(dossier=dossier).order_by("id")[1]
    receive_handover(handover=row, actor=worker.user, now=office.tick())
    answer = client.get(reverse("services:control-slip", args=[dossier.pk]))
    text = reading.letters(reading.text_of(answer.content))
    words = (dossier.code, "Lù Thị Hoa", "Lý Thị Xuân", "Đúng hạn", "Chưa nhận")
    assert not [word for word in words if reading.letters(word) not in text]


def test_statistics_of_all_three(office: Office) -> None:
    people = office.people
    filed(office)
    office.accepted()
    on = localdate(office.now)
    found = parts_of([people.home, people.neighbour, people.elsewhere], first=on, last=on)
    assert [(one.receiving, one.competent, one.returning, one.elsewhere) for one in found.values()] == [
        (2, 1, 1, 1), (0, 1, 0, 0), (0, 0, 1, 0),
    ]  # fmt: skip
    assert sum(one.receiving for one in found.values()) == Dossier.objects.count()


def test_what_was_only_shown_does_not_travel(office: Office) -> None:
    people = office.people
    dossier = office.submitted(places=Places(people.home, people.neighbour, people.home))
    row = Component.objects.get(dossier=dossier, key="birth_notice")
    reception.check_component(
        dossier=dossier, key=row.key, proof=Proof.SHOWN, counts=(1, 0, 0), note="", actor=people.desk_officer.user,
        now=office.tick(),
    )  # fmt: skip
    reception.accept(dossier=dossier, actor=people.desk_officer.user, now=office.tick())
    assert [what for what, *_rest in on_its_way(dossier)] == ["dossier"]
