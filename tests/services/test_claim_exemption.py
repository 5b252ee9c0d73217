"""What a filing costs is shown before it; an exemption is asked for with it, and accepted or denied with a reason."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.events import Event
from portal.isolation import Scope, scope, use
from services import errors
from services.fees import LineKind, calculate
from services.models import Dossier, Draft, Fee, ProcedureVersion
from services.operations.fees import Assessment, Claim, assess_fee, claim_exemption, deny_exemption
from services.queries.money import balance_of, current_fee
from tests.cast import Cast
from tests.notifications import carriers
from tests.services.api.talking import Rest, read
from tests.services.build import Office
from tests.services.money import EACH, costing, online
from tests.services.notified import rows, tell
from tests.services.own import Home, citizen, words
from tests.services.test_file_online import citizen as somebody
from tests.services.test_file_online import ready, send, token

PAPER = "Giấy chứng nhận hộ nghèo số 12 ngày 05/01/2026"
ASKED = {"claim-exemption": "poor", "claim-evidence": PAPER}


@pytest.fixture
def version(people: Cast) -> ProcedureVersion:
    return costing()


def deny(office: Office, dossier: Dossier, reason: str = "Giấy đã hết hạn", **more: Any) -> Fee:
    values: dict[str, Any] = {"actor": office.people.desk_officer.user, "now": office.tick(), **more}
    return deny_exemption(dossier=dossier, reason=reason, **values)


def facts() -> list[str]:
    return list(Event.objects.filter(name__startswith="services.fee.exemption").values_list("name", flat=True))


# ---------------------------------------------------------------- late registration


@pytest.mark.parametrize(("days", "late"), [(0, False), (60, False), (61, True)])
def test_a_birth_has_another_fee_after_its_days(people: Cast, days: int, late: bool) -> None:
    version, on = costing(fees={"amount_vnd": 0, "rule_vi": ""}, code="1.001193"), date(2026, 11, 16)
    answers = {"child_birth_day": (on - timedelta(days=days)).isoformat()}
    told = calculate(version, channel="desk", answers=answers, on=on)
    assert (told.amount, [line.kind for line in told.lines]) == (
        (None, [LineKind.LATE]) if late else (0, [LineKind.FLAT])
    )


@pytest.mark.parametrize(("days", "late"), [(15, False), (16, True)])
def test_a_death_has_too(people: Cast, days: int, late: bool) -> None:
    version, on = costing(fees={"amount_vnd": 0, "rule_vi": ""}, code="1.000656"), date(2026, 11, 16)
    answers = {"death_day": (on - timedelta(days=days)).isoformat()}
    assert (calculate(version, channel="online", answers=answers, on=on).amount is None) is late


@pytest.mark.parametrize("said", [None, "", "hôm qua", "2026-13-01", 5])
def test_a_day_that_cannot_be_read_makes_nothing_late(people: Cast, said: Any) -> None:
    version = costing(fees={"amount_vnd": 0, "rule_vi": ""}, code="1.001193")
    told = calculate(version, channel="desk", answers={"child_birth_day": said}, on=date(2026, 11, 16))
    assert told.amount == 0


def test_what_was_filed_in_time_is_not_late_when_it_is_assessed_later(people: Cast) -> None:
    version, on = costing(fees={"amount_vnd": 0, "rule_vi": ""}, code="1.001193"), date(2026, 11, 16)
    answers = {"child_birth_day": (on - timedelta(days=59)).isoformat()}
    later = on + timedelta(days=30)
    assert calculate(version, channel="desk", answers=answers, on=later, filed_on=on).amount == 0


# ---------------------------------------------------------------- with the filing


def test_it_is_filed_with_the_dossier_and_waits_for_the_desk(office: Office) -> None:
    dossier = online(office, citizen(), claim=Claim("poor", f" {PAPER} "))
    fee = current_fee(dossier)
    assert fee is not None
    assert (fee.claimed, fee.claim_evidence, fee.amount) == ("poor", PAPER, 2 * EACH)
    assert balance_of(dossier).owed == 2 * EACH
    assert facts() == ["services.fee.exemption_claimed"]


def test_where_nothing_is_paid_nothing_is_asked(people: Cast, office: Office) -> None:
    office.version = costing(fees={"amount_vnd": 0, "rule_vi": ""}, code="1.004837")
    fee = current_fee(online(office, citizen(), claim=Claim("poor", PAPER)))
    assert fee is not None
    assert (fee.amount, fee.claimed) == (0, "")


def test_accepted_nothing_is_to_be_paid_and_it_is_told(office: Office, settings: Any) -> None:
    carriers.connect(settings)
    dossier = online(office, citizen(), claim=Claim("poor", PAPER))
    said = Assessment(exemption="poor", evidence=PAPER)
    assess_fee(dossier=dossier, said=said, actor=office.people.desk_officer.user, now=office.tick())
    assert balance_of(dossier).owed == 0
    assert facts()[-1] == "services.fee.exemption_accepted"
    tell(office.tick())
    assert "Đã chấp nhận miễn, giảm phí" in rows()[-1].content["title"]


def test_assessed_anew_without_it_goes_on_waiting(office: Office) -> None:
    dossier = online(office, citizen(), claim=Claim("poor", PAPER))
    said = Assessment(amount=5000, ground="NQ 15/2026/NQ-HĐND")
    fee = assess_fee(dossier=dossier, said=said, actor=office.people.desk_officer.user, now=office.tick())
    assert (fee.claimed, fee.claim_evidence, fee.amount) == ("poor", PAPER, 5000)


def test_denied_with_a_reason_it_asks_for_payment_in_clear_words(office: Office, settings: Any) -> None:
    carriers.connect(settings)
    filer = citizen()
    dossier = online(office, filer, claim=Claim("poor", PAPER))
    fee = deny(office, dossier)
    assert (fee.claim_answer, fee.amount, balance_of(dossier).owed) == ("Giấy đã hết hạn", 2 * EACH, 2 * EACH)
    tell(office.tick())
    told = rows()[-1].content
    assert "không được miễn, giảm phí" in told["title"]
    assert "Giấy đã hết hạn" not in str(told)
    page = Home(filer).page("own-fee", dossier.pk)
    assert "Giấy đã hết hạn" in page
    assert "Phải nộp: 16.000 đ" in page


def test_after_a_denial_another_paper_may_be_brought(office: Office) -> None:
    filer = citizen()
    dossier = online(office, filer, claim=Claim("poor", PAPER))
    deny(office, dossier)
    claim_exemption(dossier=dossier, exemption="merit", evidence="Số 5", actor=filer, now=office.tick())
    fee = current_fee(dossier)
    assert fee is not None
    assert (fee.claimed, fee.claim_answer, fee.claim_denied_at) == ("merit", "", None)


def test_who_may_not_and_what_cannot_be_denied(office: Office) -> None:
    filer = citizen()
    dossier = online(office, filer, claim=Claim("poor", PAPER))
    for user in (filer, office.people.outsider.user):
        with pytest.raises(errors.NotAllowedError):
            deny(office, dossier, actor=user)
    with pytest.raises(errors.NoReasonError):
        deny(office, dossier, " ")
    with pytest.raises(errors.StaleError):
        deny(office, dossier, revision=dossier.revision + 1)
    deny(office, dossier)
    with pytest.raises(errors.WrongStateError):
        deny(office, dossier)


# ---------------------------------------------------------------- the desk's page and REST


def test_the_desk_denies_on_the_page_of_the_fee(office: Office) -> None:
    dossier = online(office, citizen(), claim=Claim("poor", PAPER))
    officer = Home(office.people.desk_officer.user)
    assert PAPER in officer.page("desk-fee", dossier.pk)
    empty = officer.send("desk-fee-denial", dossier.pk, token_of="desk-fee", **{"deny-revision": dossier.revision})
    assert empty.status_code == 400
    said = {"deny-revision": dossier.revision, "deny-text": "Giấy đã hết hạn"}
    assert officer.send("desk-fee-denial", dossier.pk, token_of="desk-fee", **said).status_code == 302
    fee = current_fee(dossier)
    assert fee is not None
    assert fee.claim_answer == "Giấy đã hết hạn"
    assert "Không chấp nhận (K)" not in officer.page("desk-fee", dossier.pk)


def test_over_rest_the_same(office: Office) -> None:
    filer = citizen()
    dossier = online(office, filer, claim=Claim("poor", PAPER))
    desk = Rest(office.people.desk_officer.user)
    desk.does(dossier, "exemption-denials", {"reason": ""}, status=400)
    told = desk.does(dossier, "exemption-denials", {"reason": "Giấy đã hết hạn"})
    assert (told["claimedExemption"], told["exemptionDenial"], told["amount"]) == ("poor", "Giấy đã hết hạn", 2 * EACH)
    Rest(filer).does(dossier, "exemption-denials", {"reason": "x"}, status=403)


# ---------------------------------------------------------------- before the filing


def late_draft(user: User) -> tuple[Client, str, Draft]:
    """A birth of a hundred days ago, ready to be filed."""
    client, address = ready(user)
    with transaction.atomic(), use(Scope(citizen=user.pk)):
        draft = Draft.objects.get()
        born = timezone.localdate() - timedelta(days=100)
        draft.answers = {**draft.answers, "child_birth_day": born.isoformat()}
        draft.save()
    return client, address, draft


@pytest.mark.usefixtures("country_catalogue")
def test_she_asks_before_she_files_and_the_desk_has_it() -> None:
    user = somebody()
    client, draft, _row = late_draft(user)
    review = words(client.get(f"{draft}kiem-tra/"))
    assert "quá hạn 60 ngày" in review
    assert "Đề nghị miễn, giảm" in review
    page = client.get(f"{draft}phi/")
    assert "Hộ nghèo" in words(page)
    assert "Số, ngày của giấy chứng nhận hộ nghèo" in words(page)
    wrong = client.post(f"{draft}phi/", {"claim-exemption": "poor", "claim-evidence": ""})
    assert wrong.status_code == 400
    send(client, f"{draft}phi/", **ASKED)
    assert "Hộ nghèo" in words(client.get(f"{draft}kiem-tra/"))
    assert client.post(f"{draft}kiem-tra/", token(client.get(f"{draft}kiem-tra/"))).status_code == 302
    with transaction.atomic(), scope(citizen=user.pk):
        fee = Fee.objects.get()
        assert (fee.amount, fee.claimed, fee.claim_evidence) == (None, "poor", PAPER)


@pytest.mark.usefixtures("country_catalogue")
def test_what_was_asked_for_is_taken_back_before_filing() -> None:
    user = somebody()
    client, draft, row = late_draft(user)
    send(client, f"{draft}phi/", **ASKED)
    send(client, f"{draft}phi/", **{"claim-exemption": "", "claim-evidence": "x"})
    with transaction.atomic(), use(Scope(citizen=user.pk)):
        row.refresh_from_db()
        assert (row.claimed, row.claim_evidence) == ("", "")


@pytest.mark.usefixtures("country_catalogue")
def test_in_time_nothing_is_asked_for() -> None:
    client, draft = ready(somebody())
    assert "Đề nghị miễn, giảm" not in words(client.get(f"{draft}kiem-tra/"))
    assert "Không phải nộp tiền" in words(client.get(f"{draft}phi/"))


@pytest.mark.usefixtures("country_catalogue")
def test_rest_tells_the_same_before_filing() -> None:
    user = somebody()
    _client, _address, row = late_draft(user)
    rest = Rest(user)
    path = f"declaration-drafts/{row.pk}/fee"
    told = rest.get(path)
    assert (told["amount"], told["claimedExemption"], told["lines"][0]["kind"]) == (None, None, "late")
    assert "poor" in [one["key"] for one in told["offered"]]
    answer = rest.send(path, {"exemption": "poor", "evidence": PAPER}, etag=rest.etag(path), method="put")
    assert read(answer, 200)["claimedExemption"] == "poor"
    bad = rest.send(path, {"exemption": "nobody", "evidence": PAPER}, etag=rest.etag(path), method="put")
    assert bad.status_code == 422
    assert Rest(somebody()).client.get(f"/api/v1/{path}").status_code == 404
