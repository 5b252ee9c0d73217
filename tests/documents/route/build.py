"""Builders: a document at any state, reached by the deeds themselves; and the worker, without a broker."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Model
from django.utils import timezone

from documents.drafts import Draft, RecipientLine
from documents.kinds import Capacity, RecipientKind
from documents.layouts.samples import sample
from documents.models import Certificate, Document, SigningItem, TrustAnchor
from documents.operations.batches import complete, sign
from documents.operations.drafting import draft_document
from documents.operations.items import TOPIC
from documents.operations.route import approve, check_format, review, submit_for_review
from documents.states import DocumentState
from portal.accounts.models import User
from portal.events import Delivery, record
from portal.events.actors import System
from portal.events.delivering import deliver
from portal.isolation import Purpose, scope
from staff.models import Person
from tests.cast import Cast

NOW = timezone.now()  # the worker reads the clock
LATER = NOW + timedelta(minutes=1)


def make_certificates(people: Cast) -> None:
    """Rows only: their keys sign marks (`marks.py`)."""
    anchor = TrustAnchor.objects.create(
        name="Gốc thử", fingerprint="a" * 64, certificate=b"anchor", hosts=[], is_trial=True, state="trusted",
        recorded_at=NOW,
    )  # fmt: skip
    _tell(anchor, people.home, "trusted")
    for member in (people.leader, people.vice_chair, people.specialist):
        _certificate(people.home, anchor, f"person-{member.user.username}", member.person)
    _certificate(people.home, anchor, "organ-home", None)


def _certificate(unit_id: int, anchor: TrustAnchor, name: str, person: Person | None) -> None:
    made = Certificate.objects.create(
        unit_id=unit_id, person=person, holder="person" if person else "organ", anchor=anchor, subject=name, issuer="",
        serial=name, fingerprint=name, certificate=name.encode(), chain=[], valid_from=NOW - timedelta(days=90),
        valid_to=NOW + timedelta(days=365), backend="software", key=name, picture=b"", is_trial=True,
        state="registered", recorded_at=NOW,
    )  # fmt: skip
    _tell(made, unit_id, "registered")


def _tell(row: Model, unit_id: int, state: str) -> None:
    """The guard of states asks for an event beside every birth."""
    record("documents.certificate.made", subject=row, actor=System.COMMAND, unit=unit_id, at=NOW, after=state)


def draft_of(people: Cast, **more: Any) -> Draft:
    made = Draft(
        unit_id=people.home,
        type_code="decision",
        layout="decision",
        subject="thành lập Tổ công nghệ số cộng đồng",
        signer_id=people.leader.assignment.pk,
        content=sample("decision"),
        recipients=(
            RecipientLine(name="UBND xã Đông", unit_id=people.neighbour),
            RecipientLine(name="VT", kind=RecipientKind.KEEP),
        ),
        capacity=Capacity.COLLECTIVE,
    )
    return replace(made, **more)


def drafted(people: Cast, **more: Any) -> Document:
    return draft_document(draft=draft_of(people, **more), actor=people.specialist.user, now=NOW)


def step(deed: Any, document: Document, actor: Any, *, now: datetime = NOW, **more: Any) -> Document:
    """One deed on the document as it stands in the database now."""
    now_there = Document.objects.get(pk=document.pk)
    deed(document=now_there, revision=now_there.revision, actor=actor.user, now=now, **more)
    return Document.objects.get(pk=document.pk)


def order(deed: Any, document: Document, actor: Any, *, now: datetime = NOW) -> SigningItem:
    now_there = Document.objects.get(pk=document.pk)
    item: SigningItem = deed(document=now_there, revision=now_there.revision, actor=actor.user, now=now)
    return item


def work_off(now: datetime = NOW) -> int:
    """What the worker would do with everything that is ordered; how many came to an end."""
    with scope(purpose=Purpose.RELAY):
        waiting = list(
            Delivery.objects.open().filter(topic=TOPIC).order_by("created_at", "id").values_list("id", flat=True)
        )
    return sum(deliver(delivery_id, clock=lambda: now) for delivery_id in waiting)


def brought_to(people: Cast, state: DocumentState, **more: Any) -> Document:
    """By everybody whose turn it is."""
    document = drafted(people, **more)
    signer = next(
        (m for m in (people.leader, people.vice_chair, people.specialist) if m.assignment.pk == document.signer_id),
        people.leader,
    )
    walk: Iterable[tuple[DocumentState, Any]] = (
        (DocumentState.SUBMITTED, lambda d: step(submit_for_review, d, people.specialist)),
        (DocumentState.REVIEWED, lambda d: step(review, d, people.deputy)),
        (DocumentState.CHECKED, lambda d: step(check_format, d, people.clerk)),
        (DocumentState.APPROVED, lambda d: step(approve, d, signer)),
        (DocumentState.SIGNED, lambda d: _ordered(sign, d, signer)),
        (DocumentState.ISSUED, lambda d: _ordered(complete, d, people.clerk)),
    )
    for reached, deed in walk:
        if document.state == state:
            break
        document = deed(document)
        assert document.state == reached
    assert document.state == state
    return document


def _ordered(deed: Any, document: Document, actor: Any) -> Document:
    order(deed, document, actor)
    work_off()
    return Document.objects.get(pk=document.pk)


def citizen(username: str) -> User:
    return User.objects.create(kind="citizen", username=username, created_at=NOW)
