"""A late click makes no late hand-over: the real moment stands beside it, with proof and a second pair of eyes."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.events import Event
from portal.isolation import scope
from services import errors, rules
from services.api import lateness_schemas as schemas
from services.models import Dossier, RealMoment, WorkItem
from services.operations.processing import finish_step
from services.operations.real_moments import Claim, claim_real_moment, confirm_real_moment, refuse_real_moment
from services.queries import lateness as queries
from services.queries.lateness import Kind, Wish
from tests.cast import Cast, sign_in
from tests.documents.making import pdf
from tests.services.api.talking import Rest, read
from tests.services.build import Office
from tests.services.desk import TOKEN, Desk

REASON, PROOF = "Mất mạng cả buổi chiều", "Phiếu bàn giao số 12 có chữ ký"


@pytest.fixture
def late(people: Cast, version: Any) -> Office:
    """Everything began weeks ago, so that what is clicked now is late."""
    return Office(people, version, timezone.now() - timedelta(days=20))


def finished(office: Office) -> tuple[Dossier, WorkItem]:
    """Taken at once, and its step clicked as done only now."""
    dossier = office.processing()
    item = office.open_step(dossier)
    finish_step(item=item, note="", actor=office.people.specialist.user, now=timezone.now())
    return office.again(dossier), WorkItem.objects.get(pk=item.pk)


def claimed(office: Office, dossier: Dossier, item: WorkItem | None, at: datetime, **more: Any) -> RealMoment:
    said: dict[str, Any] = {"actor": office.people.specialist.user, "now": timezone.now()}
    claim = Claim(at, more.pop("reason", REASON), more.pop("proof", PROOF))
    return claim_real_moment(dossier=dossier, claim=claim, step=item, **{**said, **more})


def in_time(office: Office, dossier: Dossier) -> datetime:
    assert dossier.due_at
    return dossier.due_at - timedelta(hours=1)


def holder_when_due(office: Office, dossier: Dossier) -> object:
    found = queries.late_list([office.people.home], Wish(Kind.LATE), timezone.now()).get(pk=dossier.pk)
    return found.officer_at_due


def test_lateness_counts_by_the_real_moment_once_it_is_confirmed(late: Office) -> None:
    dossier, item = finished(late)
    pao = late.people.specialist.user
    assert holder_when_due(late, dossier) == pao.pk
    row = claimed(late, dossier, item, in_time(late, dossier))
    assert (row.state, row.clicked_at) == ("claimed", item.done_at)
    assert holder_when_due(late, dossier) == pao.pk  # not before somebody else has confirmed it
    confirm_real_moment(moment=row, actor=late.people.leader.user, now=timezone.now())
    assert holder_when_due(late, dossier) != pao.pk
    item.refresh_from_db()
    assert item.done_at == row.clicked_at  # the click stays
    told = Event.objects.about("services.dossier", dossier.pk).get(name="services.dossier.moment_confirmed")
    assert set(told.facts) >= {"clicked_at", "really_at"}


@pytest.mark.parametrize("shift", ["before the step was open", "after the click", "in the future"])
def test_a_moment_that_cannot_be(late: Office, shift: str) -> None:
    dossier, item = finished(late)
    assert item.opened_at
    assert item.done_at
    at = {
        "before the step was open": item.opened_at - timedelta(seconds=1),
        "after the click": item.done_at,
        "in the future": timezone.now() + timedelta(days=1),
    }[shift]
    with pytest.raises(errors.RealMomentError):
        claimed(late, dossier, item, at)
    assert not RealMoment.objects.exists()


def test_it_needs_reason_and_proof(late: Office) -> None:
    dossier, item = finished(late)
    for blank in ({"reason": " "}, {"proof": " "}):
        with pytest.raises(errors.NoReasonError):
            claimed(late, dossier, item, in_time(late, dossier), **blank)


def test_once_unless_it_was_refused(late: Office) -> None:
    dossier, item = finished(late)
    row, head = claimed(late, dossier, item, in_time(late, dossier)), late.people.leader.user
    with pytest.raises(errors.WrongStateError):
        claimed(late, dossier, item, in_time(late, dossier))
    with pytest.raises(errors.NoReasonError):
        refuse_real_moment(moment=row, reason="", actor=head, now=timezone.now())
    refuse_real_moment(moment=row, reason="Phiếu không ghi ngày", actor=head, now=timezone.now())
    with pytest.raises(errors.WrongStateError):
        confirm_real_moment(moment=row, actor=head, now=timezone.now())
    assert claimed(late, dossier, item, in_time(late, dossier)).state == "claimed"


def test_who_enters_and_who_confirms(late: Office) -> None:
    dossier, item = finished(late)
    people = late.people
    for user in (people.desk_officer.user, people.clerk.user, people.outsider.user):
        with pytest.raises(errors.NotAllowedError):
            claimed(late, dossier, item, in_time(late, dossier), actor=user)
    with pytest.raises(errors.NotAllowedError):
        claimed(late, dossier, None, in_time(late, dossier))
    row = claimed(late, dossier, item, in_time(late, dossier))
    for user in (people.specialist.user, people.outsider.user):
        with pytest.raises(errors.NotAllowedError):
            confirm_real_moment(moment=row, actor=user, now=timezone.now())
    with scope(units=[people.neighbour]):
        assert not RealMoment.objects.exists()


def test_nobody_confirms_their_own(late: Office) -> None:
    dossier = late.accepted()
    item, head = late.open_step(dossier), late.people.leader.user
    from services.operations.processing import take_step  # here, as only this test takes a step as the head

    take_step(item=item, actor=head, now=late.tick())
    finish_step(item=item, note="", actor=head, now=timezone.now())
    item = WorkItem.objects.get(pk=item.pk)
    row = claimed(late, late.again(dossier), item, in_time(late, late.again(dossier)), actor=head)
    with pytest.raises(errors.OwnProposalError):
        confirm_real_moment(moment=row, actor=head, now=timezone.now())


def test_where_the_data_ask_nobody_it_counts_at_once(late: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    dossier, item = finished(late)
    from dataclasses import replace  # here, as only this test changes a rule

    alone = replace(rules.rules_on(timezone.localdate()), real_moment_confirmed_by="")
    monkeypatch.setattr("services.operations.real_moments.rules_on", lambda on: alone)
    assert claimed(late, dossier, item, in_time(late, dossier)).state == "confirmed"


def test_long_after_the_click_it_is_too_late(late: Office) -> None:
    dossier, item = finished(late)
    with pytest.raises(errors.WrongStateError):
        claimed(late, dossier, item, in_time(late, dossier), now=timezone.now() + timedelta(days=31))


# --- Pages and REST ---------------------------------------------------------------------------------------------------


def sent(dossier: Dossier, item: WorkItem, at: datetime, **more: Any) -> dict[str, Any]:
    at = timezone.localtime(at)
    data = {"what": str(item.pk), "day": at.date().isoformat(), "time": at.strftime("%H:%M")}
    return {**data, "reason": REASON, "proof": PROOF, **more}


def test_from_the_page_of_the_dossier_to_the_head(late: Office) -> None:
    dossier, item = finished(late)
    desk = Desk(late.people.specialist)
    assert "Ghi thời điểm" in desk.page("desk-dossier", dossier)
    wrong = desk.send("desk-real-moment", dossier, **sent(dossier, item, timezone.now() + timedelta(days=2)))
    assert wrong.status_code == 400
    assert PROOF in wrong.content.decode()
    photo = SimpleUploadedFile("phieu.pdf", pdf(), "application/pdf")
    done = desk.send("desk-real-moment", dossier, **sent(dossier, item, in_time(late, dossier), file=photo))
    assert done.status_code == 302
    row = RealMoment.objects.get()
    assert row.file
    client = sign_in(Client(), late.people.leader.user)
    assert dossier.code in client.get(reverse("services:late")).content.decode()
    url = reverse("services:real-moment", args=[row.pk])
    html = client.get(url).content.decode()
    assert PROOF in html
    data = {"form_token": TOKEN.findall(html)[0], "revision": late.again(dossier).revision}
    assert [client.post(url, data).status_code for _time in range(2)] == [302, 302]
    assert Event.objects.filter(name="services.dossier.moment_confirmed").count() == 1
    assert sign_in(Client(), late.people.outsider.user).get(url).status_code == 404
    desk.page("desk-real-moment", dossier, status=409)


def test_over_rest(late: Office) -> None:
    dossier, item = finished(late)
    rest, path = Rest(late.people.specialist.user), f"dossiers/{dossier.pk}"
    body = {
        "stepId": str(item.pk), "happenedAt": in_time(late, dossier).isoformat(), "reason": REASON, "proof": PROOF,
    }  # fmt: skip
    assert rest.send(f"{path}/real-moments", body).status_code == 428
    etag = rest.etag(path)
    first, second = (rest.send(f"{path}/real-moments", body, etag=etag, key="one") for _ in range(2))
    assert (first.status_code, second.content) == (201, first.content)
    told = read(first, 201)
    assert set(told) == set(schemas.RealMomentSerializer().fields)
    one = {"realMomentId": told["id"]}
    rest.does(dossier, "real-moment-confirmations", one, status=403)
    head = Rest(late.people.leader.user)
    [shown] = head.get(f"{path}/real-moments")["items"]
    assert shown["abilities"] == {"confirm": True, "refuse": True}
    assert head.does(dossier, "real-moment-confirmations", one)["state"] == "confirmed"
    head.does(dossier, "real-moment-refusals", {**one, "reason": "x"}, status=409)
    Rest(late.people.outsider.user).get(f"{path}/real-moments", status=404)
