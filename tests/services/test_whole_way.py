"""From the desk to the hand of the citizen, with the real form, layout and recipe, and trust services over HTTP."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from documents.models import Document, IssuedResult, SigningItem
from documents.operations.batches import complete, sign
from documents.operations.items import TOPIC
from documents.queries.files import read
from documents.signing.kinds import PERSON, SEAL, Expected
from documents.signing.verify import judge
from documents.states import DocumentState
from portal.calendar.ledger import EntryKind
from portal.events import delivering
from portal.isolation import Purpose, scope
from services.kinds import Channel
from services.models import ClockEntry, Handover, WorkItem
from services.operations import results
from services.operations.proposing import propose_result
from services.states import ItemState, Stage, State
from tests.cast import Cast
from tests.documents.route.build import order
from tests.documents.route.test_real_signatures import authority, newest, people, trust
from tests.services.build import Office
from tests.services.working import birth_answers, first_signer, real, work_off

__all__ = ["authority", "people", "trust"]
NUMBER = "001326900001"


@pytest.fixture
def office(people: Cast) -> Office:
    return Office(people, real("1.001193"), timezone.now() - timedelta(minutes=20))


def test_a_birth_from_the_desk_to_the_hand(office: Office) -> None:
    people = office.people
    answers = birth_answers(people.home) | {"child_personal_number": NUMBER}
    dossier = office.processing(answers=answers)
    assert dossier.code
    signer = first_signer(people, office.now)
    item = office.open_step(dossier)
    dossier = propose_result(item=item, signer=signer, actor=people.specialist.user, now=office.tick())
    document = Document.objects.get(pk=dossier.result_document)

    order(sign, document, people.leader, now=office.tick())
    work_off(timezone.now(), TOPIC)
    document.refresh_from_db()
    assert document.state == DocumentState.SIGNED, SigningItem.objects.get(document=document).note
    work_off(timezone.now(), "documents.document.signed")
    dossier = office.again(dossier)
    assert dossier.stage == Stage.AWAITING_NUMBER
    assert office.open_step(dossier).role == "clerk"

    order(complete, document, people.clerk, now=timezone.now())
    work_off(timezone.now(), TOPIC)
    work_off(timezone.now(), "documents.document.issued")
    dossier, document = office.again(dossier), Document.objects.get(pk=document.pk)
    assert (dossier.state, dossier.stage) == (State.DECIDED, Stage.READY_FOR_PICKUP)
    assert (document.state, document.number) == (DocumentState.ISSUED, "01/TLKS-UBND")
    assert [entry.kind for entry in ClockEntry.objects.of(dossier)] == [EntryKind.START, EntryKind.STOP]
    result = IssuedResult.objects.get(document=document)
    assert (result.result_code, result.owner_number) == ("KQ.G15.000031", NUMBER)

    version = newest(document)
    with scope(purpose=Purpose.DEMO):
        verdict = judge(read(version.file), expected=Expected(sha256=version.sha256), now=datetime.now(UTC))
    assert verdict.valid, verdict.sentences()
    assert {one.field for one in verdict.signatures} == {PERSON, SEAL}

    desk = people.desk_officer.user
    done = results.hand_out(
        dossier=dossier, channel=Channel.DESK, receiver="Vàng Thị Dở", actor=desk, now=timezone.now()
    )
    assert done.state == State.RETURNED
    steps = WorkItem.objects.of(dossier)
    assert {row.state for row in steps} == {ItemState.DONE}
    who: dict[str, Any] = {row.role: row.officer for row in steps}
    assert (who["leader"], who["clerk"]) == (people.leader.user, people.clerk.user)
    assert not Handover.objects.filter(dossier=dossier, received_at=None).exclude(to_unit=people.home).exists()


@pytest.fixture(autouse=True)
def fresh_breaker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivering, "breaker", delivering.Breaker())
