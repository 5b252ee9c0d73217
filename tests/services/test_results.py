"""A result that was issued reaches whoever wanted it, in the way they chose."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from portal.accounts.models import Kind, User
from portal.events import Event
from portal.events.actors import System
from services.kinds import Channel
from services.models import Dossier, WorkItem
from services.operations import results
from services.queries.dossiers import Wish, queue
from services.states import ItemState, Stage, State
from services.views.desk import left
from tests.services.build import Office


def mother() -> User:
    return User.objects.create(username="vang-thi-do", kind=Kind.CITIZEN, created_at=timezone.now())


def issued(office: Office, **more: Any) -> tuple[Dossier, uuid.UUID]:
    dossier, document = office.processing(**more), uuid.uuid4()
    item = office.open_step(dossier)
    specialist = office.people.specialist.user
    results.note_proposal(dossier=dossier, document_id=document, item=item, actor=specialist, now=office.tick())
    results.decide(dossier_id=dossier.pk, document_id=document, actor=office.people.clerk.user, now=office.tick())
    return office.again(dossier), document


def deliver(office: Office, dossier: Dossier, document: uuid.UUID) -> Dossier:
    results.deliver_online(dossier_id=dossier.pk, document_id=document, actor=System.RELAY, now=office.tick())
    return office.again(dossier)


def test_who_wanted_it_online_has_it_with_its_issue(office: Office) -> None:
    dossier, document = issued(office, filer=mother(), return_channel=Channel.ONLINE)
    assert (dossier.state, dossier.stage) == (State.DECIDED, Stage.READY_FOR_PICKUP)
    done = deliver(office, dossier, document)
    assert (done.state, done.closed_at) == (State.RETURNED, office.now)
    assert {row.state for row in WorkItem.objects.of(done)} == {ItemState.DONE}
    again = deliver(office, dossier, document)
    assert again.revision == done.revision
    event = Event.objects.about("services.dossier", done.pk).get(name="services.dossier.returned")
    assert (event.actor, event.facts["channel"]) == ("system:relay", "online")


@pytest.mark.parametrize("channel", [Channel.DESK, Channel.POST])
def test_who_wants_it_on_paper_waits_for_the_desk(office: Office, channel: Channel) -> None:
    dossier, document = issued(office, filer=mother(), return_channel=channel)
    assert deliver(office, dossier, document).state == State.DECIDED


def test_without_an_account_it_waits_at_the_desk(office: Office) -> None:
    dossier, document = issued(office, return_channel=Channel.ONLINE)
    assert deliver(office, dossier, document).state == State.DECIDED


def test_what_waits_to_be_fetched_is_due_no_more_and_never_late(office: Office) -> None:
    dossier, _document = issued(office, return_channel=Channel.DESK)
    units, later = [dossier.responsible_unit_id], office.now + timedelta(days=60)
    assert dossier.next_due_at is None
    assert list(queue(units, Wish(state=State.DECIDED), later)) == [dossier]
    assert not queue(units, Wish(state=State.DECIDED, late=True), later).exists()
    told = left(dossier, later, None)
    assert told is not None
    assert "dừng tính" in str(told.words)
