"""The report on an act: drafted once by the portal, signed and issued by people, verified by anybody."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from documents.models import Certificate, Document, TrustAnchor
from documents.operations.batches import complete, sign
from documents.operations.route import return_document
from documents.reorganisation import Documents
from documents.reporting import LATER
from portal.events import Delivery, Event
from portal.events.delivering import deliver
from portal.isolation import Purpose, scope
from tests.cast import Cast, Member, officer, sign_in
from tests.documents.books import outgoing
from tests.documents.route.build import order, work_off
from tests.documents.route.marks import sign_with_marks
from tests.services.api.talking import Rest, read
from tests.units.reorganising import draft, merger, run, scheduled
from units.events import Fact
from units.handovers import registered
from units.kinds import ActKind
from units.models import ReorgEvent, ReorgProof
from units.operations import Result
from units.operations.proving import proof_digest

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def only_documents():
    with registered(Documents()):
        yield


@pytest.fixture
def chair(people: Cast) -> Member:
    return officer(
        "chu-tich-tinh", name="Hà Văn Tỉnh", number="001070000077", unit_id=people.province, post="province-chair"
    )


def in_force(people: Cast) -> ReorgEvent:
    """With a register book that was closed by it."""
    outgoing(people)
    act = scheduled(merger(people.land, unit_id=people.province))
    run(act)
    return act


def carry_out(topic: str, now: datetime | None = None) -> list[bool]:
    with scope(purpose=Purpose.RELAY):
        ids = list(Delivery.objects.filter(topic=topic).order_by("created_at", "id").values_list("id", flat=True))
    return [deliver(pk, clock=lambda: now or timezone.now()) for pk in ids[-1:]]  # those before loaded the country


def reports() -> list[Document]:
    return list(Document.objects.filter(layout_code="reorganisation-report").order_by("drafted_at"))


def test_the_report_is_drafted_once_and_waits_for_its_signer(people: Cast, chair: Member) -> None:
    act = in_force(people)
    assert carry_out(Fact.TOOK_EFFECT) == [True]
    assert carry_out(Fact.TOOK_EFFECT) == [False]
    [report] = reports()
    assert (report.unit_id, report.state, report.type_code) == (people.province, "checked", "report")
    assert (report.signer_id, report.capacity) == (chair.assignment.pk, "TM.")
    with scope(purpose=Purpose.REORGANISATION):
        proof = ReorgProof.objects.get(event=act)
    assert report.content["digest"] == proof_digest(proof)
    [figure] = report.content["figures"]
    assert (figure["before"], figure["after"]) == (1, 0)
    assert act.legal_no in report.content["paragraphs"][0]


def test_a_worker_that_dies_leaves_no_half_report_and_the_next_makes_it(
    people: Cast, chair: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_force(people)
    with monkeypatch.context() as broken:

        def dies(**_more: Any) -> None:
            raise RuntimeError("the machine stops here")

        broken.setattr("documents.operations.act_reports.check_format", dies)
        assert carry_out(Fact.TOOK_EFFECT) == [False]
    assert reports() == []
    assert carry_out(Fact.TOOK_EFFECT, timezone.now() + timedelta(hours=1)) == [True]
    assert len(reports()) == 1


def test_without_a_signer_it_waits_and_follows_when_there_is_one(people: Cast) -> None:
    act = in_force(people)
    assert carry_out(Fact.TOOK_EFFECT) == [True]
    assert reports() == []
    browser = sign_in(Client(), people.administrator.user)
    assert "chưa soạn xong" in browser.get(f"/don-vi/sap-xep/{act.pk}/").content.decode()
    officer("chu-tich-tinh", name="Hà Văn Tỉnh", number="001070000077", unit_id=people.province, post="province-chair")
    assert carry_out(LATER, timezone.now() + timedelta(hours=1)) == [True]
    assert [report.state for report in reports()] == ["checked"]


def test_an_act_that_only_renames_has_no_report(people: Cast, chair: Member) -> None:
    act = draft(people.land, [Result("A", "An Mới", "phuong", unit_id=people.home)], kind=ActKind.RENAME)
    run(scheduled(act))
    assert carry_out(Fact.TOOK_EFFECT) == [True]
    assert reports() == []


def test_signed_by_the_chair_issued_by_the_clerk_and_verified_by_anybody(
    people: Cast, chair: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk = officer(
        "van-thu-tinh", name="Lò Thị Văn", number="001180000078", unit_id=people.province, post="province-clerk"
    )
    act = in_force(people)
    carry_out(Fact.TOOK_EFFECT)
    with scope(units=[people.province], purpose=Purpose.DEMO):
        certificates(people.province, chair)
    sign_with_marks(monkeypatch)
    order(sign, reports()[0], chair)
    work_off()
    order(complete, reports()[0], clerk)
    work_off()
    [report] = reports()
    assert (report.state, report.number) == ("issued", "01/BC-UBND")
    told = Rest(people.administrator.user).get(f"reorganisation-acts/{act.pk}/report")
    assert (told["number"], told["documentId"]) == ("01/BC-UBND", str(report.pk))
    page = Client().get("/" + told["verificationAddress"].split("/", 3)[-1])
    assert page.status_code == 200
    assert "01/BC-UBND" in page.content.decode()
    shown = sign_in(Client(), people.administrator.user).get(f"/don-vi/sap-xep/{act.pk}/").content.decode()
    assert "01/BC-UBND" in shown
    assert "/xac-minh/" in shown


def returned(people: Cast, chair: Member) -> ReorgEvent:
    """An act in force whose report the chair has sent back."""
    act = in_force(people)
    carry_out(Fact.TOOK_EFFECT)
    with scope(units=[people.province]):
        [report] = reports()
        return_document(
            document=report, reason="Ghi thiếu nơi nhận", revision=report.revision, actor=chair.user,
            now=timezone.now(),
        )  # fmt: skip
    return act


def test_a_report_that_was_returned_is_drafted_anew_from_the_same_proof(people: Cast, chair: Member) -> None:
    act = returned(people, chair)
    digest = reports()[0].content["digest"]
    browser, address = sign_in(Client(), people.administrator.user), f"/van-ban/sap-xep/{act.pk}/bao-cao/"
    papers = browser.get(f"/don-vi/sap-xep/{act.pk}/").content.decode()
    assert address in papers
    assert "bị trả lại" in papers
    page = browser.get(address).content.decode()
    assert "Ghi thiếu nơi nhận" in page
    hidden = dict(re.findall(r'type="hidden" name="(form_token)" value="([^"]*)"', page))
    assert browser.post(address, hidden).status_code == 302
    [report] = reports()
    assert (report.state, report.signer_id, report.content["digest"]) == ("checked", chair.assignment.pk, digest)
    asked = Event.objects.get(name="documents.document.asked_for")
    assert (asked.actor, asked.subject_id) == (people.administrator.user.event_actor, str(report.pk))
    assert address not in browser.get(f"/don-vi/sap-xep/{act.pk}/").content.decode()


def test_rest_drafts_it_anew_once_and_refuses_while_it_stands(people: Cast, chair: Member) -> None:
    act = returned(people, chair)
    path = f"reorganisation-acts/{act.pk}/report"
    rest = Rest(people.administrator.user)
    assert read(rest.send(path), 201)["state"] == "checked"
    assert rest.send(path).status_code == 409
    assert rest.get(path)["state"] == "checked"


def test_who_may_not_draft_acts_does_not_draft_their_reports(people: Cast, chair: Member) -> None:
    act = returned(people, chair)
    assert Rest(chair.user).send(f"reorganisation-acts/{act.pk}/report").status_code == 403
    assert Rest(people.outsider.user).send(f"reorganisation-acts/{act.pk}/report").status_code == 404
    page = sign_in(Client(), chair.user).get(f"/van-ban/sap-xep/{act.pk}/bao-cao/").content.decode()
    assert "Soạn lại" not in page
    assert reports()[0].state == "draft"


def certificates(unit: int, chair: Member) -> None:
    from tests.documents.route import build

    anchor = TrustAnchor.objects.create(
        name="Gốc thử", fingerprint="a" * 64, certificate=b"anchor", hosts=[], is_trial=True, state="trusted",
        recorded_at=build.NOW,
    )  # fmt: skip
    build._tell(anchor, unit, "trusted")
    build._certificate(unit, anchor, "person-chair", chair.person)
    build._certificate(unit, anchor, "organ-province", None)
    assert Certificate.objects.filter(unit_id=unit).count() == 2
