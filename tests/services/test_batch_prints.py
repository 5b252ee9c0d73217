"""Papers of many dossiers as one PDF: what is there of them, for whoever ordered it, for a day."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from documents import storage
from documents.models import Blob
from portal.events import Event
from portal.isolation import Purpose, scope
from services import batch_prints
from services.batch_checks import prepare
from services.errors import TooManyToPrintError
from services.kinds import Paper
from services.models import BatchItem, BatchPrint, Dossier, DossierBatch, ProcedureVersion
from services.operations import batches
from services.operations.batches import BIND, ITEM, SPREAD, Order, Pick, cancel_batch, order_batch
from services.operations.forms import MAKE
from services.operations.processing import assign_step
from services.states import BatchDeed, BatchItemState
from tests.cast import Cast, Member, sign_in
from tests.documents import reading
from tests.services.build import Office
from tests.services.lists import acting, token_of
from tests.services.working import work_off

BOTH = [Paper.RECEIPT.value, Paper.CONTROL.value]


@pytest.fixture
def office(people: Cast, version: ProcedureVersion) -> Office:
    return Office(people, version, timezone.now() - timedelta(hours=3))


@pytest.fixture
def found(office: Office) -> list[Dossier]:
    """Two with their receipts, and one that was only handed in."""
    made = [office.processing(), office.processing()]
    who = office.people.specialist.user
    for row in made:
        step = office.open_step(row)
        assign_step(item=step, officer=who, reason="Chia việc", actor=office.people.leader.user, now=office.tick())
    work_off(office.tick(), MAKE)
    return [*(office.again(row) for row in made), office.submitted()]


def ordered(office: Office, who: Member, dossiers: list[Dossier], papers: list[str] | None = None) -> DossierBatch:
    picks = [Pick(row.pk, row.revision) for row in dossiers]
    wanted = Order(BatchDeed.PRINT, picks, {"papers": papers or BOTH})
    with acting(who) as actor:
        return order_batch(wanted=wanted, actor=actor, now=office.tick())


def work(office: Office) -> None:
    while work_off(office.tick(minutes=1), SPREAD, ITEM, BIND):
        pass


def kept(who: Member, batch: DossierBatch, now: Any = None) -> BatchPrint:
    with acting(who):
        row = batch_prints.kept_of(batch, now or timezone.now() - timedelta(hours=2))
    assert row is not None
    return row


def contents() -> Iterator[str]:
    return (name for prefix in storage.PREFIXES for name in storage.listed(prefix))


def test_the_papers_of_all_stand_in_one_file(client: Client, office: Office, found: list[Dossier]) -> None:
    who = office.people.desk_officer
    batch = ordered(office, who, found)
    work(office)
    with acting(who):
        states = list(BatchItem.objects.filter(batch=batch).order_by("place").values_list("state", flat=True))
        row = BatchPrint.objects.get(batch=batch)
    assert states == [BatchItemState.DONE, BatchItemState.DONE, BatchItemState.FAILED]
    sign_in(client, who.user)
    page = client.get(reverse("services:list-batch", args=[batch.pk])).content.decode()
    address = reverse("services:list-batch-print", args=[batch.pk])
    assert address in page
    answer: Any = client.get(address)
    assert answer["Content-Type"] == "application/pdf"
    pdf = b"".join(answer.streaming_content)
    text = reading.letters(reading.text_of(pdf))
    first, second = (text.index(reading.letters(dossier.code)) for dossier in found[:2])
    assert first < second
    assert len(reading.opened(pdf).root["/Pages"]["/Kids"]) == row.pages >= 4
    assert reading.letters("kiểm soát") in text
    assert Event.objects.filter(name="services.dossier.viewed", actor=who.user.event_actor).count() >= 2


def test_only_whoever_ordered_it_opens_it(client: Client, office: Office, found: list[Dossier]) -> None:
    batch = ordered(office, office.people.desk_officer, found[:1])
    work(office)
    sign_in(client, office.people.leader.user)
    assert client.get(reverse("services:list-batch-print", args=[batch.pk])).status_code == 404
    with acting(office.people.leader):
        assert not BatchPrint.objects.exists()


def test_after_a_day_the_file_is_gone_and_what_is_kept_elsewhere_stays(
    client: Client, office: Office, found: list[Dossier]
) -> None:
    who = office.people.desk_officer
    batch = ordered(office, who, found[:2])
    work(office)
    row = kept(who, batch)
    with acting(who):
        sheets = {one for item in BatchItem.objects.filter(batch=batch) for one in item.sheets}
    kept_on = set(Blob.objects.filter(pk__in=sheets).values_list("pk", flat=True))
    assert len(kept_on) == len(sheets - kept_on) == 2, "the receipts, and the slips that nobody keeps"
    assert {row.sha256, *sheets} <= set(contents())
    assert batch_prints.drop_old(now=row.ends_at - timedelta(seconds=1)) == 0
    assert batch_prints.drop_old(now=row.ends_at) == 1
    assert {row.sha256, *sheets} & set(contents()) == kept_on
    with acting(who), scope(purpose=Purpose.DEMO):
        assert not BatchPrint.objects.exists()
    assert Event.objects.filter(name="services.batch.print_removed").count() == 1
    sign_in(client, who.user)
    assert client.get(reverse("services:list-batch-print", args=[batch.pk])).status_code == 302


def test_what_is_too_much_for_one_file_is_said(
    office: Office, found: list[Dossier], settings: Any, client: Client
) -> None:
    who = office.people.desk_officer
    settings.BATCH_PRINT_BYTES = 1000
    batch = ordered(office, who, found[:2])
    work(office)
    row = kept(who, batch)
    assert (row.sha256, row.pages) == ("", 0)
    assert row.note
    sign_in(client, who.user)
    assert row.note in client.get(reverse("services:list-batch", args=[batch.pk])).content.decode()
    settings.BATCH_PRINT_DOSSIERS = 1
    with pytest.raises(TooManyToPrintError):
        ordered(office, who, found[:2])


def test_a_worker_that_dies_in_the_middle_leaves_one_file(
    office: Office, found: list[Dossier], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "AT_ONCE", 1)
    who = office.people.desk_officer
    batch = ordered(office, who, found[:2])
    work_off(office.tick(), SPREAD)
    work_off(office.tick(), ITEM)
    work_off(office.tick(), BIND)
    with acting(who):
        assert not BatchPrint.objects.exists(), "the second is not there yet"
    work(office)
    work(office)
    with acting(who):
        assert BatchPrint.objects.filter(batch=batch).count() == 1


def test_called_off_makes_no_file(office: Office, found: list[Dossier]) -> None:
    who = office.people.desk_officer
    batch = ordered(office, who, found[:2])
    with acting(who) as actor:
        cancel_batch(batch=batch, actor=actor, now=office.tick())
    work(office)
    with acting(who):
        assert not BatchPrint.objects.exists()


def test_the_next_commune_prints_nothing_of_it(office: Office, found: list[Dossier]) -> None:
    batch = ordered(office, office.people.outsider, found[:1])
    work(office)
    with acting(office.people.outsider):
        assert BatchItem.objects.get(batch=batch).state == BatchItemState.FAILED
        assert not BatchPrint.objects.get(batch=batch).sha256


def test_those_without_any_paper_are_left_out_before(office: Office, found: list[Dossier]) -> None:
    with acting(office.people.desk_officer) as user:
        prepared = prepare(user, BatchDeed.PRINT, found)
    assert [pick.dossier_id for pick in prepared.picks] == [row.pk for row in found[:2]]
    assert [row.pk for row, _reason in prepared.refused] == [found[2].pk]


def test_ordered_on_the_page(client: Client, office: Office, found: list[Dossier]) -> None:
    sign_in(client, office.people.desk_officer.user)
    address = reverse("services:list-ordering") + "?viec=print&ca=on"
    assert "form-06" in client.get(address).content.decode()
    nothing = client.post(address, {"shown": 2, "form_token": token_of(client, address)})
    assert nothing.status_code == 400
    answer = client.post(address, {"shown": 2, "form_token": token_of(client, address), "papers": BOTH})
    assert answer.status_code == 302
    with acting(office.people.desk_officer):
        assert DossierBatch.objects.get().said == {"papers": BOTH}
