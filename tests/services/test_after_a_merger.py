"""Two days after a merger: whoever comes with an old name, code, address or number is told where to turn now."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils.timezone import localdate

from portal.accounts.models import User
from portal.dashboards.queries.places import place_of
from portal.isolation import Purpose, scope
from services.models import Dossier, Petition, ProcedureVersion
from services.operations.drafts import begin_draft
from services.operations.filing import submit
from services.places import resolve_place
from services.reorganisation import Dossiers, Petitions
from services.unit_errors import NotOpenUnitError
from tests.cast import Cast, sign_in
from tests.services.after import LATER, After, merged
from tests.services.api.talking import Rest, pointers, read
from tests.services.build import Office
from tests.services.petitioning import TEXT
from tests.services.working import real
from units.handovers import registered

NEW = "Phường An Đông"
PUBLIC = {
    "the card of the old unit": "/don-vi/{home}/",
    "search by the old name": "/don-vi/?q=Phường+An",
    "search by the name before the reform": "/don-vi/?q=Xã+Bình",
    "what the old commune is now": "/don-vi/xa-toi/{home}/",
    "old address, by the name of the last year": "/don-vi/xa-toi/?xa=Phường+An",
    "old address, by the name before the reform": "/don-vi/xa-toi/?xa=Xã+Bình",
    "open figures": "/so-lieu/don-vi/{home}/",
    "officers": "/can-bo/don-vi/{home}/",
    "a petition about it": "/phan-anh/gui/?don_vi={home}",
}
REST = {
    "the unit": "units/{home}",
    "its successors": "units/{home}/successors",
    "the code of the last year": "unit-codes/00001?borneOnDate=2026-11-01",
    "the code before the reform": "unit-codes/00002?borneOnDate=2025-06-30",
    "search by the old name": "units?q=Phường+An",
}


@pytest.fixture(autouse=True)
def only_these() -> Any:
    cache.clear()
    with registered(Dossiers(), Petitions()):
        yield


@pytest.fixture
def version(people: Cast) -> ProcedureVersion:
    return real("1.001193")


@pytest.fixture
def after(office: Office, monkeypatch: pytest.MonkeyPatch) -> After:
    return merged(office, monkeypatch)


@pytest.mark.parametrize("path", PUBLIC.values(), ids=list(PUBLIC))
def test_a_page_of_the_old_unit_names_the_new_one(after: After, path: str) -> None:
    answer = Client().get(path.format(home=after.home))
    assert answer.status_code == 200
    assert NEW.removeprefix("Phường ") in answer.content.decode()


@pytest.mark.parametrize("path", REST.values(), ids=list(REST))
def test_a_program_finds_the_new_unit_by_the_old_one(after: After, path: str) -> None:
    answer = Client().get(f"/api/v1/{path.format(home=after.home)}")
    assert answer.status_code == 200, answer.content
    assert NEW in answer.content.decode()


def test_the_board_in_the_hall_goes_on_with_the_new_unit(after: After) -> None:
    answer = Client().get(f"/bang-goi-so/{after.home}/")
    assert (answer.status_code, answer["Location"]) == (302, f"/bang-goi-so/{after.new}/")
    assert Client().get(f"/bang-goi-so/{10**9}/").status_code == 404


@pytest.mark.parametrize("path", ["/so-lieu/don-vi/{}/", "/can-bo/don-vi/{}/", "/don-vi/{}/"])
def test_a_number_that_no_unit_ever_had_is_not_found(after: After, path: str) -> None:
    assert Client().get(path.format(10**9)).status_code == 404


def test_a_petition_about_the_old_unit_goes_to_the_new_one(after: After) -> None:
    body = {"type": "delay", "unitId": after.home, "text": TEXT, "phone": "0912000321"}
    with scope():
        read(Rest(None).send("petition-filings", body), 201)
    with scope(purpose=Purpose.PETITION):
        assert set(Petition.objects.values_list("addressed_unit", "responsible_unit")) == {(after.new, after.new)}
    assert pointers(Rest(None).send("petition-filings", body | {"unitId": 10**9})) == {"/unitId": "no-unit"}


@pytest.mark.parametrize(
    "address",
    [
        {"commune_code": "00001", "detail": "Tổ 3"},  # as it was called until two days ago
        {"province_code": "01", "commune_code": "00001", "detail": "Tổ 3"},
        {"district_code": "001", "commune_code": "00002", "detail": "Tổ 3"},  # before the reform
        {"commune_code": "00099", "detail": "Tổ 3"},
    ],
)
def test_an_address_of_a_register_is_a_place_of_today(after: After, address: dict[str, str]) -> None:
    place = resolve_place(address, on=localdate(LATER))
    assert place.unit_id == after.new
    assert place.text == f"Tổ 3, {NEW}, Thành phố Thủy"


@pytest.fixture
def head(after: After) -> Rest:
    """The administrator of the province."""
    return Rest(after.office.people.administrator.user)


@pytest.mark.parametrize(
    "path", [f"{noun}?unit={{home}}" for noun in ("statistics", "dossiers", "published-petitions")]
)
def test_filters_take_the_old_unit(after: After, head: Rest, path: str) -> None:
    assert isinstance(head.get(path.format(home=after.home)), dict)


def viewer(after: After) -> User:
    return after.office.people.administrator.user


def test_figures_of_the_old_unit_are_still_read_by_those_above(after: After) -> None:
    page = sign_in(Client(), viewer(after)).get(f"/thong-ke/?don_vi={after.home}")
    assert page.status_code == 200
    assert place_of(after.home, localdate(LATER)).ended is not None


def test_a_draft_that_was_filed_before_leads_to_its_dossier_when_it_is_sent_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = office.people.desk_officer.user
    with scope(purpose=Purpose.DEMO):
        drafts = [
            begin_draft(version=office.version, actor=desk, now=office.now, desk_unit_id=office.people.home)
            for _ in range(2)
        ]
        filing = office.filing(confirmed_at=office.now)
        filed = submit(filing=filing, actor=desk, now=office.tick(), draft=drafts[0])
        merged(office, monkeypatch)
        assert submit(filing=filing, actor=desk, now=office.now, draft=drafts[0]) == filed
        with pytest.raises(NotOpenUnitError):
            submit(filing=filing, actor=desk, now=office.now, draft=drafts[1])
        assert Dossier.objects.count() == 1
