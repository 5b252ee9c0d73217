"""The report on an act: drafted once by the portal, signed and issued by people, verified by anybody."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from documents.models import Certificate, Document, TrustAnchor
from documents.operations.batches import complete, sign
from documents.reorganisation import Documents
from documents.reporting import LATER
from portal.events import Delivery
from portal.events.delivering import deliver
from portal.isolation import Purpose, scope
from tests.cast import Cast, Member, officer, sign_in
from tests.documents.books import outgoing
from tests.documents.route.build import order, work_off
from tests.documents.route.marks import sign_with_marks
from tests.services.api.talking import Rest
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
