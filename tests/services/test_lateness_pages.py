"""Pages of lateness: the list of heads, the head's word on a later date, the apology on the citizen's page."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.events import Event
from services import deadlines
from services.models import DueWarning, Extension
from services.operations.citizen import withdraw
from services.operations.extending import approve_extension, ask_extension
from services.queries import lateness as queries
from services.queries.lateness import Kind, Wish
from services.work_lateness import contribution
from tests.cast import Cast, sign_in
from tests.services.build import Office
from tests.services.desk import TOKEN
from tests.services.own import Home, citizen, words
from tests.services.test_extend import REASON, asked, local


@pytest.fixture
def running(people: Cast, version: Any) -> Office:
    """An office whose clock is the real one, because pages read it."""
    return Office(people, version, timezone.now() - timedelta(minutes=30))


def later(office: Office) -> date:
    """A working day after three working days from now, whatever day it is."""
    return timezone.localdate(office.now) + timedelta(days=14)


def working_day(office: Office) -> date:
    day = later(office)
    while day.weekday() > 4 or (day.month, day.day) in {(11, 24), (1, 1)}:
        day += timedelta(days=1)
    return day


def proposed(office: Office, **filing: Any) -> Extension:
    dossier = office.processing(**filing)
    return ask_extension(
        item=office.open_step(dossier),
        new_due_on=working_day(office),
        reason=REASON,
        actor=office.people.specialist.user,
        now=office.tick(),
    )


def send(client: Client, name: str, row: Extension, **data: Any) -> Any:
    html = client.get(reverse("services:extension", args=[row.pk])).content.decode()
    tokens = TOKEN.findall(html)
    row.dossier.refresh_from_db()
    sent = {"form_token": tokens[0 if name == "extension" else -1] if tokens else "", "revision": row.dossier.revision}
    sent |= {"khong-revision": row.dossier.revision}
    return client.post(reverse(f"services:{name}", args=[row.pk]), {**sent, **data})


def test_the_officer_proposes_with_a_prepared_draft(running: Office) -> None:
    dossier = running.processing()
    client = sign_in(Client(), running.people.specialist.user)
    url = reverse("services:work-extend", args=[running.open_step(dossier).pk])
    page = client.get(url).content.decode()
    assert "đang ở bước Thẩm tra" in page
    assert "NĐ 118/2025 Đ.19.6" in page
    data = {"new_due_on": working_day(running).isoformat(), "reason": REASON, "ground": "NĐ 118/2025 Đ.19.6"}
    answer = client.post(url, {**data, "revision": running.again(dossier).revision})
    assert answer.status_code == 302
    assert Extension.objects.get().reason == REASON


def test_what_was_typed_stays_when_the_day_is_wrong(running: Office) -> None:
    dossier = running.processing()
    client = sign_in(Client(), running.people.specialist.user)
    url = reverse("services:work-extend", args=[running.open_step(dossier).pk])
    data = {"new_due_on": timezone.localdate().isoformat(), "reason": REASON, "ground": "NĐ 118/2025 Đ.19.6"}
    answer = client.post(url, {**data, "revision": running.again(dossier).revision})
    assert answer.status_code == 409
    assert REASON in answer.content.decode()


def test_the_head_reads_looks_at_form_04_and_sets_it(running: Office) -> None:
    filer = citizen()
    row = proposed(running, filer=filer)
    client = sign_in(Client(), running.people.leader.user)
    shown = client.get(reverse("services:extension", args=[row.pk])).content.decode()
    assert REASON in shown
    assert "Vàng Seo Páo" in shown
    preview = client.get(reverse("services:extension-preview", args=[row.pk]))
    assert preview["Content-Type"] == "application/pdf"
    answer = send(client, "extension", row)
    assert answer.status_code == 302
    again = client.post(reverse("services:extension", args=[row.pk]), {"revision": 1})
    assert again.status_code == 400  # a form without its token
    row.refresh_from_db()
    assert row.state == "approved"
    page = Home(filer).page("own-dossier", row.dossier_id)
    assert REASON in page
    assert "xin lỗi" in page


def test_nothing_is_promised_any_more_when_the_dossier_has_ended(running: Office) -> None:
    filer = citizen()
    row = proposed(running, filer=filer)
    approve_extension(extension=row, actor=running.people.leader.user, now=running.tick())
    promise = "Nay hẹn lại"
    assert promise in Home(filer).page("own-dossier", row.dossier_id)
    withdraw(dossier=row.dossier, reason=REASON, actor=filer, now=running.tick())
    assert promise not in Home(filer).page("own-dossier", row.dossier_id)


def test_the_same_form_twice_counts_once(running: Office) -> None:
    row = proposed(running)
    client = sign_in(Client(), running.people.leader.user)
    html = client.get(reverse("services:extension", args=[row.pk])).content.decode()
    data = {"form_token": TOKEN.findall(html)[0], "revision": running.again(row.dossier).revision}
    url = reverse("services:extension", args=[row.pk])
    assert [client.post(url, data).status_code for _time in range(2)] == [302, 302]
    assert Event.objects.filter(name="services.dossier.extended").count() == 1


def test_the_head_declines(running: Office) -> None:
    row = proposed(running)
    client = sign_in(Client(), running.people.leader.user)
    assert send(client, "extension-decline", row).status_code == 400
    assert send(client, "extension-decline", row, **{"khong-reason": "Còn kịp"}).status_code == 302
    row.refresh_from_db()
    assert row.state == "declined"


def test_who_does_not_decide(running: Office) -> None:
    row = proposed(running)
    people = running.people
    for user, status in ((people.specialist.user, 403), (people.outsider.user, 404), (citizen(), 404)):
        client = sign_in(Client(), user)
        url = reverse("services:extension", args=[row.pk])
        assert client.get(reverse("services:extension-preview", args=[row.pk])).status_code == status
        answer = client.get(url)
        assert answer.status_code == (200 if status == 403 else 404)
        assert (REASON in answer.content.decode()) is (status == 403)


def test_the_list_is_for_heads(running: Office) -> None:
    people = running.people
    assert sign_in(Client(), people.specialist.user).get(reverse("services:late")).status_code == 403
    assert sign_in(Client(), people.leader.user).get(reverse("services:late")).status_code == 200


def late_office(people: Cast, version: Any) -> Office:
    return Office(people, version, timezone.now() - timedelta(days=40))


def test_what_is_overdue_stands_in_the_list_with_its_officer_and_a_letter(people: Cast, version: Any) -> None:
    office = late_office(people, version)
    dossier = office.processing()
    client = sign_in(Client(), people.leader.user)
    page = client.get(reverse("services:late")).content.decode()
    assert dossier.code in page
    assert "Vàng Seo Páo" in page
    letter = client.get(reverse("services:late-letter", args=[dossier.pk]))
    assert letter.content[:5] == b"%PDF-"
    officer = people.specialist.user.pk
    assert dossier.code in client.get(reverse("services:late") + f"?can_bo={officer}").content.decode()
    assert dossier.code not in client.get(reverse("services:late") + "?xin_loi=dung-han").content.decode()
    assert client.get(reverse("services:late") + "?muc=x").status_code == 400
    assert (
        sign_in(Client(), people.outsider.user).get(reverse("services:late-letter", args=[dossier.pk])).status_code
        == 404
    )


def test_no_letter_without_a_breach(running: Office) -> None:
    dossier = running.processing()
    client = sign_in(Client(), running.people.leader.user)
    assert client.get(reverse("services:late-letter", args=[dossier.pk])).status_code == 409


def test_each_day_is_warned_of_once(office: Office) -> None:
    """Accepted on Monday with three working days: due on Thursday, warned of on Tuesday and on Wednesday."""
    dossier = office.processing()
    monday, tuesday, wednesday = (datetime(2026, 11, day, 2, 0, tzinfo=UTC) for day in (16, 17, 18))
    assert deadlines.warn(now=monday + timedelta(hours=1)) == 0
    assert [deadlines.warn(now=tuesday), deadlines.warn(now=tuesday + timedelta(minutes=5))] == [1, 0]
    assert [deadlines.warn(now=wednesday), deadlines.warn(now=wednesday + timedelta(minutes=5))] == [1, 0]
    assert list(DueWarning.objects.order_by("id").values_list("days_left", flat=True)) == [2, 1]
    told = Event.objects.about("services.dossier", dossier.pk).filter(name="services.dossier.due_near")
    assert told.count() == 2


def test_a_missed_sweep_tells_only_the_nearer_day(office: Office) -> None:
    office.processing()
    assert deadlines.warn(now=datetime(2026, 11, 18, 2, 0, tzinfo=UTC)) == 1
    assert DueWarning.objects.get().days_left == 1


def test_a_moved_due_moment_is_warned_of_anew(office: Office) -> None:
    _dossier, row = asked(office)
    deadlines.warn(now=datetime(2026, 11, 17, 2, 0, tzinfo=UTC))
    approve_extension(extension=row, actor=office.people.leader.user, now=local(2026, 11, 17, 10))
    assert deadlines.warn(now=datetime(2026, 11, 18, 2, 0, tzinfo=UTC)) == 0
    assert deadlines.warn(now=datetime(2026, 11, 20, 2, 0, tzinfo=UTC)) == 1


def test_the_holder_and_the_head_find_it_in_their_list_of_work(people: Cast, version: Any) -> None:
    office = Office(people, version, timezone.now() - timedelta(days=1))
    dossier = office.processing()
    due_at = office.again(dossier).due_at
    assert due_at
    DueWarning.objects.create(dossier=dossier, due_at=due_at, days_left=1, told_at=office.now)
    request = HttpRequest()
    request.user = people.specialist.user
    [item] = contribution(request).items
    assert item.due_at == due_at
    request.user = people.leader.user
    [count] = contribution(request).counts
    assert (count.number, count.url) == (1, reverse("services:late") + "?muc=sap-den-han")


def test_what_nobody_has_taken_is_told_to_all_who_could(people: Cast, version: Any) -> None:
    office = Office(people, version, timezone.now() - timedelta(days=1))
    dossier = office.accepted()
    assert dossier.due_at
    DueWarning.objects.create(dossier=dossier, due_at=dossier.due_at, days_left=1, told_at=office.now)
    request = HttpRequest()
    for user, told in ((people.specialist.user, 1), (people.outsider.user, 0)):
        request.user = user
        assert len(contribution(request).items) == told


def test_the_head_is_told_how_many_have_no_apology(people: Cast, version: Any) -> None:
    late_office(people, version).processing()
    request = HttpRequest()
    request.user = people.leader.user
    [count] = contribution(request).counts
    assert (count.number, count.late) == (1, True)


def test_kinds_of_lateness(people: Cast, version: Any) -> None:
    office = late_office(people, version)
    dossier, units, now = office.processing(), [people.home], timezone.now()
    assert dossier in queries.late_list(units, Wish(Kind.LATE), now)
    for kind in (Kind.SOON, Kind.DECIDED_LATE, Kind.RETURNED_LATE):
        assert not queries.late_list(units, Wish(kind), now).exists()
    assert not queries.late_list([people.neighbour], Wish(Kind.LATE), now).exists()
    assert not queries.late_list(units, Wish(Kind.LATE, unit=people.neighbour), now).exists()


def test_the_page_in_english_is_complete(running: Office) -> None:
    row = proposed(running)
    client = sign_in(Client(), running.people.leader.user)
    answer: Any = client.get("/en" + reverse("services:extension", args=[row.pk]))
    assert "Later date" in words(answer)
