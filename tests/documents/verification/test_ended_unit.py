"""A document of a unit that is no more: still in force, still genuine, in the name of its day, and whose it is now."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate

from documents.codes import shown
from documents.models import Document
from documents.queries.verification import issued_by_code
from documents.reorganisation import Documents
from documents.states import DocumentState
from documents.verification.checking import check
from portal.events.actors import System
from portal.events.lateness import Lateness, lateness
from portal.events.sealing import seal
from portal.isolation import Purpose, scope
from tests.cast import Cast
from tests.documents.route.build import NOW, brought_to
from tests.documents.verification.test_tampered import contents
from tests.units.reorganising import DRAFTER, SIGNER
from units.handovers import registered
from units.kinds import ActKind
from units.models import UnitVersion
from units.operations import Head, Result, Source, draft_act, schedule_act, sign_act, simulate, take_effect


@pytest.fixture
def issued(signing_people: Cast, monkeypatch: pytest.MonkeyPatch) -> Document:
    """Signed and sealed with real keys; the next day its commune went into another one."""
    people = signing_people
    document = brought_to(people, DocumentState.ISSUED)
    day, after = localdate(NOW) + timedelta(days=1), NOW + timedelta(days=2)
    country = UnitVersion.objects.at(day).get(parent=None).unit_id
    head = Head(ActKind.MERGE, "78/NQ-HĐND", localdate(NOW), day, "Sắp xếp", country, bytes(32))
    results = [Result("X", "An Đông", "phuong", people.province)]
    sources = [Source(people.home, "X"), Source(people.neighbour, "X")]
    with registered(Documents()), scope(purpose=Purpose.REORGANISATION):
        act = draft_act(head=head, results=results, sources=sources, actor=DRAFTER, now=NOW)
        tried = simulate(act_id=act.pk, actor=DRAFTER, now=NOW)
        sign_act(act_id=act.pk, seen=bytes(tried.digest), actor=SIGNER, now=NOW)
        schedule_act(act_id=act.pk, actor=SIGNER, now=NOW)
        take_effect(act_id=act.pk, actor=System.REORGANISATION, now=after)
    monkeypatch.setattr(timezone, "now", lambda: after)
    return document


def test_its_page_names_the_unit_as_it_was_and_whose_it_is_now(client: Client, issued: Document) -> None:
    text = client.get(f"/xac-minh/{shown(issued.code)}/").content.decode()
    for wanted in ("Đang có hiệu lực", "Cơ quan đó nay là", "An Đông", "phường An"):
        assert wanted.casefold() in text.casefold()


def test_rest_says_the_same(client: Client, issued: Document) -> None:
    body = client.get(f"/api/v1/verifications/{shown(issued.code)}").json()
    assert (body["state"], body["unitName"], body["unitTodayNames"]) == ("issued", "Phường An", ["Phường An Đông"])


@pytest.mark.parametrize("address", ["/xac-minh/{code}/", "/xac-minh/tep/"])
def test_a_file_is_checked_though_seals_have_been_missing_for_days(
    client: Client, issued: Document, address: str
) -> None:
    """Nothing is kept of it, so it needs no proof; anything else that is sent is refused meanwhile."""
    sent = SimpleUploadedFile("b.pdf", contents(issued)["sealed"], "application/pdf")
    with transaction.atomic(), scope(purpose=Purpose.SEAL):
        seal(now=NOW)
    assert lateness(timezone.now()) is Lateness.STOPPED
    assert client.post(address.format(code=shown(issued.code)), {"file": sent}).status_code == 200
    assert client.post("/dang-nhap/").status_code == 503


@pytest.mark.parametrize("with_code", [True, False])
def test_its_signatures_from_before_the_end_stay_valid(issued: Document, with_code: bool) -> None:
    with scope(purpose=Purpose.VERIFICATION):
        known = issued_by_code(issued.code) if with_code else None
    # By the true clock, since it was sealed by it: two days later the authority's status lists would be too old.
    judged = check(contents(issued)["sealed"], known, now=datetime.now(UTC)).verdict
    assert judged.valid, judged
