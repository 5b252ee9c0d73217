"""What a filing costs, and the desk's word on it."""

from datetime import date
from typing import Any

import pytest

from services import errors, money_errors
from services.fees import LineKind, calculate, lines_of
from services.models import Fee, ProcedureVersion
from services.money_rules import money_rules_on
from services.operations.citizen import withdraw
from services.operations.fees import Assessment, assess_fee, claim_exemption
from services.queries.money import balance_of, current_fee
from tests.cast import Cast
from tests.services.build import Office, birth
from tests.services.conftest import MONDAY
from tests.services.money import EACH, costing, online
from tests.services.own import citizen

ON = date(2026, 11, 16)
FORMULA = {"page_1_2": 2000, "page_3_up": 1000, "max_per_copy": 200_000}


@pytest.fixture
def version(people: Cast) -> ProcedureVersion:
    return costing()


def priced(fees: dict[str, Any], channels: list[dict[str, Any]] | None = None, code: str = "1.001193") -> Any:
    version = costing(fees=fees, code=code)
    version.parts["channels"] = channels or []
    return version


def told(version: Any, *, channel: str = "desk", answers: dict[str, Any] | None = None, **more: Any) -> int | None:
    return calculate(version, channel=channel, answers=answers or {}, on=ON, **more).amount


def test_each_way_has_its_amount(people: Cast) -> None:
    version = priced(
        {"amount_vnd": 20_000, "rule_vi": ""},
        [{"channel": "desk", "fee_vnd": 20_000}, {"channel": "online", "fee_vnd": 10_000}],
    )
    assert (told(version), told(version, channel="online")) == (20_000, 10_000)
    assert told(version, channel="post") is None  # the version names none, so nobody guesses


def test_what_the_council_decides_is_not_guessed(people: Cast) -> None:
    assert told(priced({"amount_vnd": None, "rule_vi": ""}, [{"channel": "desk", "fee_vnd": None}])) is None


@pytest.mark.parametrize(
    ("pages", "copies", "amount"), [(1, 1, 2000), (2, 3, 12_000), (3, 1, 5000), (10, 2, 24_000), (900, 1, 200_000)]
)
def test_copies_are_paid_by_the_page_up_to_a_ceiling(people: Cast, pages: int, copies: int, amount: int) -> None:
    version = priced({"amount_vnd": None, "rule_vi": "", "formula": FORMULA}, code="2.000815")
    answers = {"documents": [{"title": "Bằng", "pages": pages, "copies": copies}]}
    assert told(version, answers=answers) == amount


def test_an_exemption_is_a_line_of_its_own(people: Cast) -> None:
    poor = money_rules_on(ON).exemption("poor")
    made = calculate(costing(), channel="desk", answers={"copies": 3}, on=ON, exemption=poor)
    assert [(line.kind, line.amount) for line in made.lines] == [
        (LineKind.COPIES, 3 * EACH), (LineKind.REDUCTION, -3 * EACH),
    ]  # fmt: skip
    assert made.amount == 0


def test_reckoned_with_the_filing(office: Office) -> None:
    dossier = online(office, citizen())
    fee = current_fee(dossier)
    assert fee is not None
    assert (fee.number, fee.amount, balance_of(dossier).owed) == (1, 2 * EACH, 2 * EACH)
    assert lines_of(fee.lines)[0].count == 2


def test_a_version_that_says_nothing_costs_nothing(people: Cast) -> None:
    dossier = Office(people, birth(), MONDAY).submitted()
    assert (current_fee(dossier), balance_of(dossier).owed) == (None, 0)


def test_the_desk_exempts_by_a_paper(office: Office) -> None:
    dossier = online(office, citizen())
    said = Assessment(exemption="poor", evidence="Giấy chứng nhận hộ nghèo số 12, 05/01/2026")
    fee = assess_fee(dossier=dossier, said=said, actor=office.people.desk_officer.user, now=office.tick())
    assert (fee.number, fee.amount, fee.exemption) == (2, 0, "poor")
    assert balance_of(dossier).owed == 0
    assert Fee.objects.get(dossier=dossier, number=1).replaced_at is not None


def test_an_amount_by_hand_needs_its_ground(office: Office) -> None:
    dossier, desk = online(office, citizen()), office.people.desk_officer.user
    with pytest.raises(errors.NoReasonError):
        assess_fee(dossier=dossier, said=Assessment(amount=5000), actor=desk, now=office.tick())
    said = Assessment(amount=5000, ground="NQ 15/2026/NQ-HĐND")
    assert assess_fee(dossier=dossier, said=said, actor=desk, now=office.tick()).amount == 5000


@pytest.mark.parametrize(
    ("said", "error"),
    [
        (Assessment(exemption="poor"), money_errors.NoEvidenceError),
        (Assessment(exemption="nobody", evidence="x"), money_errors.NoSuchExemptionError),
        (Assessment(amount=-1, ground="x"), errors.NoReasonError),
        (Assessment(amount=10**12, ground="x"), errors.NoReasonError),
    ],
)
def test_what_cannot_be_is_refused(office: Office, said: Assessment, error: type[Exception]) -> None:
    dossier = online(office, citizen())
    with pytest.raises(error):
        assess_fee(dossier=dossier, said=said, actor=office.people.desk_officer.user, now=office.tick())
    assert Fee.objects.filter(dossier=dossier).count() == 1


def test_only_the_desk_and_the_organ_assess(office: Office) -> None:
    filer = citizen()
    dossier = online(office, filer)
    for user in (filer, office.people.outsider.user):
        with pytest.raises(errors.NotAllowedError):
            assess_fee(dossier=dossier, said=Assessment(), actor=user, now=office.tick())


def test_the_older_page_is_refused(office: Office) -> None:
    dossier = online(office, citizen())
    desk = office.people.desk_officer.user
    with pytest.raises(errors.StaleError):
        assess_fee(dossier=dossier, said=Assessment(), actor=desk, now=office.tick(), revision=dossier.revision + 1)


def test_a_citizen_claims_and_the_desk_sees_it(office: Office) -> None:
    filer = citizen()
    dossier = online(office, filer)
    claim_exemption(dossier=dossier, exemption="poor", evidence=" Số 12 ", actor=filer, now=office.tick())
    fee = current_fee(dossier)
    assert fee is not None
    assert (fee.claimed, fee.claim_evidence, fee.amount) == ("poor", "Số 12", 2 * EACH)


def test_nobody_else_claims(office: Office) -> None:
    dossier = online(office, citizen())
    for user in (citizen("khac"), office.people.desk_officer.user):
        with pytest.raises(errors.NotAllowedError):
            claim_exemption(dossier=dossier, exemption="poor", evidence="x", actor=user, now=office.tick())


def test_what_has_ended_is_not_assessed(office: Office) -> None:
    filer = citizen()
    dossier = online(office, filer)
    withdraw(dossier=dossier, reason="", actor=filer, now=office.tick())
    with pytest.raises(errors.WrongStateError):
        assess_fee(dossier=dossier, said=Assessment(), actor=office.people.desk_officer.user, now=office.tick())
    assert balance_of(office.again(dossier)).owed == 0
