"""The calendar, holds and packages by pages and REST: for whoever answers for the records, and for the citizen."""

import hashlib
import json
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import User
from services.models import ArchivePackage, Dossier, RetentionHold
from services.operations import citizen as deeds
from services.operations.holds import set_hold
from services.retention_kinds import Cause, HoldState, PackageState
from tests.cast import Cast, Member, sign_in
from tests.services.build import Office, version_of
from tests.services.own import TOKEN, Home, citizen

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(people: Cast) -> Office:
    """Dossiers of the law on copies, whose papers go after six months; it ended four and a half months ago."""
    version = version_of("2.000815", field="Chứng thực", name_vi="Chứng thực bản sao")
    return Office(people, version, timezone.now() - timedelta(days=135))


def ended(office: Office, **more: Any) -> Dossier:
    dossier = office.accepted(**more)
    return deeds.withdraw(
        dossier=dossier, reason="Không cần nữa", actor=office.people.desk_officer.user, now=office.tick()
    )


def at(member: Member) -> Client:
    client = Client()
    sign_in(client, member.user)
    return client


def send(client: Client, page: str, said: dict[str, Any], *, to: str = "") -> Any:
    """Fills in the form that a page shows."""
    token = TOKEN.search(text(client.get(page)))
    return client.post(to or page, said | ({"form_token": token[1]} if token else {}))


def text(response: Any) -> str:
    return str(response.content.decode())


def test_the_calendar_counts_and_opens_its_list(office: Office) -> None:
    dossier = ended(office)
    head = at(office.people.leader)
    page = head.get(reverse("services:kept"))
    assert page.status_code == 200
    line = next(one for _month, lines in page.context["months"] for one in lines if one["line"].rule.kind == "papers")
    assert line["line"].number == 1
    listed = head.get(line["url"])
    assert dossier.code in text(listed)
    assert "NĐ 23/2015" in text(page)


def test_who_keeps_no_records_and_who_is_elsewhere(office: Office) -> None:
    dossier = ended(office)
    one = reverse("services:kept-dossier", args=[dossier.pk])
    assert at(office.people.specialist).get(reverse("services:kept")).status_code == 403
    assert at(office.people.specialist).get(one).status_code == 403
    assert at(office.people.outsider).get(one).status_code in {403, 404}
    assert dossier.code not in text(at(office.people.outsider).get(reverse("services:kept")))
    assert Client().get(reverse("services:kept-rules")).status_code == 200


def test_held_and_lifted_by_pages(office: Office) -> None:
    dossier, head = ended(office), at(office.people.leader)
    page = reverse("services:kept-hold", args=[dossier.pk])
    assert head.get(page).status_code == 200
    assert send(head, page, {"revision": dossier.revision}).status_code == 400
    stale = send(head, page, {"revision": 1, "cause": "court", "reason": "Tòa thụ lý"})
    assert stale.status_code == 409
    assert "Tòa thụ lý" in text(stale)
    said = {"revision": dossier.revision, "cause": "court", "reason": "Tòa thụ lý"}
    assert send(head, page, said).status_code == 302
    hold = RetentionHold.objects.get(dossier=dossier)
    shown = text(head.get(reverse("services:kept-dossier", args=[dossier.pk])))
    assert "Tòa thụ lý" in shown
    lift = reverse("services:kept-lift", args=[hold.pk])
    assert head.get(lift).status_code == 200
    revision = office.again(dossier).revision
    assert send(head, lift, {"revision": revision, "reason": "Xử xong"}).status_code == 302
    hold.refresh_from_db()
    assert hold.state == HoldState.LIFTED


def test_the_citizen_reads_until_when_and_not_why_in_words(office: Office) -> None:
    user = citizen()
    dossier = ended(office, filer=user)
    set_hold(
        dossier=dossier, cause=Cause.COURT, reason="Chuyện riêng", actor=office.people.leader.user, now=office.tick()
    )
    page = Home(user).get("own-kept", dossier.pk)
    assert page.status_code == 200
    assert "NĐ 23/2015" in text(page)
    assert page.context["is_held"]
    assert "Chuyện riêng" not in text(page)
    other = User.objects.create(username="nguoi-khac", kind=user.kind, created_at=office.now)
    assert Home(other).get("own-kept", dossier.pk).status_code == 404


def test_a_package_by_pages_from_begin_to_receipt(people: Cast) -> None:
    version = version_of("1.001776", field="Bảo trợ xã hội", name_vi="Trợ cấp xã hội")
    office = Office(people, version, timezone.now() - timedelta(days=2))
    dossier, clerk = ended(office), at(people.clerk)
    year = timezone.localtime(dossier.closed_at).year
    assert dossier.pk is not None
    begin, listed = reverse("services:package-begin", args=[people.home, year]), reverse("services:packages")
    assert at(people.specialist).get(listed).status_code == 403
    assert send(clerk, listed, {}, to=begin).status_code == 302
    package = ArchivePackage.objects.get()
    stream = clerk.post(reverse("services:package-download", args=[package.pk]))
    content = b"".join(stream.streaming_content)  # type: ignore[attr-defined]  # of the streamed answer
    package.refresh_from_db()
    assert (package.state, package.digest) == (PackageState.MADE, hashlib.sha256(content).hexdigest())
    done = reverse("services:package-received", args=[package.pk])
    one = reverse("services:package", args=[package.pk])
    assert send(clerk, one, {"digest": "0" * 64, "receipt": "12/LTLS"}, to=done).status_code == 400
    assert send(clerk, one, {"digest": package.digest, "receipt": "12/LTLS"}, to=done).status_code == 302
    package.refresh_from_db()
    assert package.state == PackageState.RECEIVED
    assert clerk.get(reverse("services:packages")).status_code == 200
    assert at(people.outsider).get(reverse("services:package", args=[package.pk])).status_code in {403, 404}


def test_the_same_over_rest(office: Office) -> None:
    dossier, head = ended(office), at(office.people.leader)
    one = f"/api/v1/dossiers/{dossier.pk}"
    told = head.get(f"{one}/retention").json()
    assert {row["kind"] for row in told["kept"]} >= {"papers", "dossier"}
    assert told["isHeld"] is False
    etag = head.get(one)["ETag"]
    headers = {"If-Match": etag, "Idempotency-Key": str(uuid.uuid4())}
    body = json.dumps({"cause": "inspection", "reason": "Thanh tra"})
    made = head.post(f"{one}/retention-holds", body, content_type="application/json", headers=headers)
    assert made.status_code == 201, made.content
    assert made.json()["abilities"] == {"lift": True}
    again = head.post(f"{one}/retention-holds", body, content_type="application/json", headers=headers)
    assert again.json()["id"] == made.json()["id"]
    assert head.get(f"{one}/retention-holds").json()["items"][0]["reason"] == "Thanh tra"
    due = head.get("/api/v1/retention-due?kind=papers").json()["items"]
    assert [(row["id"], row["isHeld"]) for row in due] == [(str(dossier.pk), True)]
    headers = {"If-Match": head.get(one)["ETag"], "Idempotency-Key": str(uuid.uuid4())}
    body = json.dumps({"cause": "inspection", "reason": "Xong"})
    lifted = head.post(f"{one}/retention-hold-liftings", body, content_type="application/json", headers=headers)
    assert (lifted.status_code, lifted.json()["state"]) == (201, "lifted")
    assert at(office.people.specialist).get("/api/v1/retention-due").status_code == 403
