"""The desk files for somebody who stands there; they stay the filer, confirm, and find it when they sign in."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.accounts.identity import Claims
from portal.accounts.models import User
from portal.accounts.operations import recognise_citizen
from portal.events import Delivery, Event
from portal.isolation import EMPTY, scope, use
from services.events import Fact
from services.models import Component, Dossier, Draft, Evidence, Mandate, ProcedureVersion, Proof, Visit
from services.operations.owning import claim_dossiers
from services.owner_subscribers import on_signed_in
from services.queries.drafts import usual_returning
from services.states import State
from tests.cast import Cast
from tests.services.test_file_online import _picture
from tests.services.visiting import DAY, HIDDEN, NAME, NUMBER, SCAN, Visiting, words
from tests.services.working import real

PARTS = {
    "limit": {"value": 2, "unit": "working_day"},
    "components": [
        {"key": "original", "name_vi": "Bản chính giấy tờ", "required": True, "present": True},
        {"key": "copy_to_certify", "name_vi": "Bản sao cần chứng thực", "required": True},
    ],
    "forms": [],
    "results": [],
}


@pytest.fixture
def copies(people: Cast) -> ProcedureVersion:
    return real("2.000815", parts=PARTS)


@pytest.fixture
def desk(people: Cast) -> Visiting:
    return Visiting(people.desk_officer)


def filled(desk: Visiting, people: Cast) -> str:
    """A draft with everything but the confirmation."""
    draft = desk.begins(desk.arrives(), "2.000815")
    row = {"title": "Bằng tốt nghiệp", "issuer": "Trường A", "pages": "1", "copies": "2"}
    assert desk.send(f"{draft}trang/documents/moi/", **row).status_code == 302
    assert desk.send(f"{draft}trang/form/", copy_form="paper").status_code == 302
    assert desk.send(f"{draft}trang/requester/", requester_phone="0912000321").status_code == 302
    papers = {"original-proof": "shown", "copy_to_certify-files": scan()}
    response = desk.send(f"{draft}giay-to/", **{"copy_to_certify-proof": "attached"}, **papers)
    assert response.status_code == 302, words(response)
    unit = {"competent-find": "An", "competent-for": "An", "competent-unit": str(people.neighbour)}
    response = desk.send(f"{draft}noi-giai-quyet/", **unit, return_channel="desk")
    assert response.status_code == 302, words(response)
    return draft


def scan() -> SimpleUploadedFile:
    return SimpleUploadedFile("ban-sao.png", _picture(), "image/png")


def confirmed(desk: Visiting, draft: str, **data: Any) -> HttpResponse:
    return desk.send(f"{draft}xac-nhan/", **({"signed": "on"} | data))


def test_a_scan_is_read_on_the_server_and_stands_in_no_address(desk: Visiting, people: Cast) -> None:
    address = desk.arrives()
    assert NUMBER not in address
    assert begun(people).person == {"number": NUMBER, "name": NAME, "birth_on": "1999-02-14"}
    assert NAME in words(desk.client.get(address))
    assert Event.objects.filter(name=Fact.VISIT_BEGUN).count() == 1


def begun(people: Cast) -> Visit:
    """The only visit, as its officer sees it."""
    with scope(units=[people.home], citizen=people.desk_officer.user.pk):
        return Visit.objects.get()


def test_a_typed_number_needs_name_and_birth_date(desk: Visiting, people: Cast) -> None:
    response = desk.send(reverse("services:visit"), card="000199 000077")
    assert response.status_code == 400
    assert "Nhập họ tên" in words(response)
    assert 'value="000199 000077"' in response.content.decode()
    desk.arrives(card="000199 000077", name=NAME, **DAY)
    assert not begun(people).scanned


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"card": "12345"}, "12 chữ số"),
        ({"card": "0001990000777"}, "12 chữ số"),
        ({"card": "|||"}, "12 chữ số"),
        ({"card": SCAN.replace("14021999", "31021999")}, "12 chữ số"),
        ({"card": "x" * 501}, "500"),
        ({"card": "000199000077", "name": NAME, **DAY, "birth_on_2": "2999"}, "tương lai"),
        ({"card": "000199000077", "name": "x" * 201, **DAY}, "200"),
    ],
)
def test_what_cannot_be_a_person_is_refused_at_its_field(desk: Visiting, data: dict[str, str], told: str) -> None:
    response = desk.send(reverse("services:visit"), **data)
    assert response.status_code == 400
    assert told in words(response)
    assert not Visit.objects.exists()


def test_the_desk_files_and_goes_on_to_receiving_it(desk: Visiting, people: Cast, copies: ProcedureVersion) -> None:
    draft = filled(desk, people)
    summary = words(desk.client.get(f"{draft}xac-nhan/"))
    assert "Bằng tốt nghiệp" in summary
    response = confirmed(desk, draft)
    dossier = Dossier.objects.get()
    assert response["Location"] == reverse("services:desk-acceptance", args=[dossier.pk])
    assert (dossier.state, dossier.channel) == (State.SUBMITTED, "desk")
    assert (dossier.receiving_unit_id, dossier.competent_unit_id) == (people.home, people.neighbour)
    assert (dossier.assisted_by, dossier.filer_name, dossier.filer_number) == (
        people.desk_officer.user,
        NAME,
        NUMBER,
    )
    assert dossier.confirmed_at
    proofs = dict(Component.objects.filter(dossier=dossier).values_list("key", "proof"))
    assert proofs == {"original": Proof.SHOWN, "copy_to_certify": Proof.ATTACHED}
    assert not Component.objects.filter(dossier=dossier, checked_at=None).exists()
    told = Event.objects.get(name=Fact.CONFIRMED)
    assert told.facts["how"] == "signature"
    assert words(desk.client.get(str(response["Location"])))


def test_the_desk_hands_out_what_another_commune_decides_unless_the_citizen_chose(
    desk: Visiting, people: Cast, copies: ProcedureVersion
) -> None:
    draft = filled(desk, people)
    page = f"{draft}noi-giai-quyet/"
    deciding = {"competent-find": "Đông", "competent-for": "Đông", "competent-unit": str(people.neighbour)}
    assert "để trống thì nhận tại bộ phận một cửa nơi ông/bà đang nộp" in words(desk.client.get(page))
    assert returning(people) == people.home
    chosen = {"returning-find": "Đông", "returning-for": "Đông", "returning-unit": str(people.neighbour)}
    assert desk.send(page, **deciding, **chosen, return_channel="desk").status_code == 302
    assert returning(people) == people.neighbour
    assert desk.page(page).count(f'value="{people.neighbour}"') == 2, "what was chosen stands there again"
    assert desk.send(page, **deciding, return_channel="desk").status_code == 302
    assert confirmed(desk, draft).status_code == 302
    assert Dossier.objects.get().returning_unit_id == people.home


def test_the_desk_of_another_province_hands_out_nothing(people: Cast, copies: ProcedureVersion) -> None:
    draft = Draft(version=copies, desk_unit_id=people.home)
    assert usual_returning(draft, people.elsewhere, timezone.localdate()) == people.elsewhere


def returning(people: Cast) -> int | None:
    with scope(units=[people.home], citizen=people.desk_officer.user.pk):
        return Draft.objects.get().returning_unit_id


def test_nothing_is_filed_before_the_citizen_signed(desk: Visiting, people: Cast, copies: ProcedureVersion) -> None:
    draft = filled(desk, people)
    response = confirmed(desk, draft, signed="")
    assert response.status_code == 400
    assert "đánh dấu" in words(response)
    assert not Dossier.objects.exists()


def test_a_summary_that_was_changed_after_printing_is_not_filed(
    desk: Visiting, people: Cast, copies: ProcedureVersion
) -> None:
    draft = filled(desk, people)
    printed = desk.page(f"{draft}xac-nhan/")
    assert desk.send(f"{draft}trang/requester/", requester_phone="0912000999").status_code == 302
    response = desk.client.post(f"{draft}xac-nhan/", {**dict(HIDDEN.findall(printed)), "signed": "on"})
    assert response.status_code == 409
    assert not Dossier.objects.exists()


def test_confirming_twice_files_once(desk: Visiting, people: Cast, copies: ProcedureVersion) -> None:
    draft = filled(desk, people)
    page = desk.page(f"{draft}xac-nhan/")
    sent = {**dict(HIDDEN.findall(page)), "signed": "on"}
    first, second = (desk.client.post(f"{draft}xac-nhan/", sent) for _ in range(2))
    assert first.status_code == second.status_code == 302
    assert Dossier.objects.count() == 1


def test_the_citizen_finds_it_at_the_first_sign_in(desk: Visiting, people: Cast, copies: ProcedureVersion) -> None:
    confirmed(desk, filled(desk, people))
    namesake = signed_in(NUMBER.replace("77", "78"), NAME)
    assert claim_dossiers(user=namesake, actor=namesake, now=timezone.now()) == 0
    mother = signed_in(NUMBER, NAME)
    assert claim_dossiers(user=mother, actor=mother, now=timezone.now()) == 1
    assert claim_dossiers(user=mother, actor=mother, now=timezone.now()) == 0
    with scope(citizen=mother.pk):
        assert Dossier.objects.of_citizen(mother).get().owner == mother
    with scope(citizen=namesake.pk):
        assert not Dossier.objects.exists()


def test_the_worker_gives_it_to_them_after_the_sign_in(desk: Visiting, people: Cast, copies: ProcedureVersion) -> None:
    """As it happens: whoever signs in has no rights yet, so what is ordered then sees no event."""
    confirmed(desk, filled(desk, people))
    mother = signed_in(NUMBER, NAME)
    with use(EMPTY):
        on_signed_in(Delivery(actor=mother.event_actor, event_id=None), now=timezone.now())
    with scope(citizen=mother.pk):
        assert Dossier.objects.of_citizen(mother).get().owner == mother


def test_another_name_with_the_same_number_gets_nothing(desk: Visiting, people: Cast, copies: ProcedureVersion) -> None:
    confirmed(desk, filled(desk, people))
    other = signed_in(NUMBER, "Lý Văn Khác")
    assert claim_dossiers(user=other, actor=other, now=timezone.now()) == 0


def test_who_has_an_account_is_filer_and_owner_at_once(desk: Visiting, people: Cast, copies: ProcedureVersion) -> None:
    mother = signed_in(NUMBER, NAME)
    confirmed(desk, filled(desk, people))
    dossier = Dossier.objects.get()
    assert (dossier.owner, dossier.filer) == (mother, mother)


def signed_in(number: str, name: str) -> User:
    claims = Claims("https://vneid.example", number, "person", number, name, date(1999, 2, 14), "T", 2)
    return recognise_citizen(claims=claims, now=timezone.now())


def test_nobody_else_opens_the_visit_or_its_draft(desk: Visiting, people: Cast, copies: ProcedureVersion) -> None:
    address = desk.arrives()
    draft = desk.begins(address, "2.000815")
    for other in (people.outsider, people.specialist, people.deputy):
        stranger = Visiting(other)
        for url in (address, draft, f"{draft}giay-to/", f"{draft}xac-nhan/", f"{draft}nop-thay/", f"{draft}bo/"):
            assert stranger.client.get(url).status_code == 404, (other, url)
            assert stranger.client.post(url).status_code in {400, 403, 404, 405}, (other, url)
    assert Visiting(people.specialist).client.get(reverse("services:visit")).status_code == 403
    assert "/dang-nhap/" in Client().get(address).headers["Location"]


def test_row_level_security_hides_visits_without_any_filter(
    desk: Visiting, people: Cast, copies: ProcedureVersion
) -> None:
    desk.begins(desk.arrives(), "2.000815")
    officer, other = people.desk_officer.user.pk, people.deputy.user.pk
    with scope(units=[people.home], citizen=officer):
        assert (Visit.objects.count(), Draft.objects.count()) == (1, 1)
    for rights in ({"units": [people.home], "citizen": other}, {"units": [people.neighbour], "citizen": officer}):
        with scope(**rights):
            assert not Visit.objects.exists()
    with scope(citizen=other):
        assert (Draft.objects.count(), Mandate.objects.count()) == (0, 0)


def test_registers_are_asked_about_the_visitor_by_the_officer(
    desk: Visiting, people: Cast, copies: ProcedureVersion
) -> None:
    desk.begins(desk.arrives(), "2.000815")
    asked = Evidence.objects.get()
    assert asked.units == [people.home]
    assert asked.question.officer == str(people.desk_officer.user.pk)
    assert asked.question.who.number == NUMBER


def test_a_visit_that_is_over_is_gone_and_its_draft_is_not(
    desk: Visiting, people: Cast, copies: ProcedureVersion
) -> None:
    address = desk.arrives()
    draft = desk.begins(address, "2.000815")
    with scope(units=[people.home], citizen=people.desk_officer.user.pk):
        Visit.objects.update(ends_at=timezone.now() - timedelta(minutes=1))
    assert desk.client.get(address).status_code == 404
    assert desk.client.get(draft).status_code == 200
    assert draft in desk.page(reverse("services:visit"))


def test_where_no_answer_says_who_decides_the_desk_is_offered(
    desk: Visiting, people: Cast, copies: ProcedureVersion
) -> None:
    draft = desk.begins(desk.arrives(), "2.000815")
    assert f'name="competent-unit" value="{people.home}"' in desk.page(f"{draft}noi-giai-quyet/")


def test_an_officer_goes_on_from_where_the_page_begins(desk: Visiting, people: Cast, copies: ProcedureVersion) -> None:
    """By keyboard: the next task, the first box, the way on."""
    address = desk.arrives()
    assert "autofocus" in desk.page(f"{address}?q=chung+thuc").split('<form method="post"')[1]
    draft = desk.begins(address, "2.000815")
    tasks = desk.page(draft)
    assert re.search(r'data-first href="[^"]+/trang/documents/"', tasks)
    assert "2. Kiểm tra" in tasks  # sections without a task are not counted
    assert re.search(r'id="them" data-first', desk.page(f"{draft}trang/documents/"))
    row = desk.page(f"{draft}trang/documents/moi/")
    assert '<form method="post" data-first' in row
    assert 'accesskey="t"' in row
