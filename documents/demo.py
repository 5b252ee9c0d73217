"""Documents of the demo commune in every state (`data/demo_documents.csv`), made and signed as everybody's are.

Each has its key as origin, so a run that was broken off goes on where it stood, and a second one makes nothing.
"""

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from documents.catalogue import FOLDER
from documents.drafts import Draft, Origin, Owner, RecipientLine
from documents.kinds import Capacity, RecipientKind
from documents.layouts.samples import sample
from documents.models import Document, SigningItem
from documents.operations.batches import Pick, complete, confirm_batch, sign
from documents.operations.drafting import draft_document
from documents.operations.issuing import revoke
from documents.operations.items import TOPIC
from documents.operations.route import check_format, return_document, review, submit_for_review
from documents.states import DocumentState, Goal, ItemState
from portal.accounts.models import User
from portal.events import Delivery
from portal.events.delivering import deliver
from portal.isolation import Purpose, scope
from staff.demo import refuse_production
from staff.models import Assignment

ORIGIN = "documents.demo"
DRAFTER, REVIEWER, CLERK, LEADER = "ho-tich", "pho-giam-doc", "van-thu", "chu-tich"
FAILS, BESIDE = "dang-soan", "da-ky"  # signed in one batch: the first is a draft still, so its item fails
Row = Mapping[str, str]


class NotSignedYetError(Exception):
    """A worker of the portal has the document in its hands, or the trust services are away: run it again."""


@dataclass(frozen=True)
class Stage:
    """Where it plays: the commune, its people, and the clock of the worker."""

    unit_id: int
    people: Mapping[str, User]
    signer_id: int
    clock: Callable[[], datetime]


def load(*, unit_id: int, clock: Callable[[], datetime]) -> int:
    """How many documents of the demonstration are there now. LookupError without its people or certificates."""
    refuse_production()
    with (FOLDER / "demo_documents.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with transaction.atomic(), _seen(unit_id):
        known = Document.objects.filter(unit_id=unit_id, origin_type=ORIGIN)
        if {(one.origin_id, one.state) for one in known} >= {(row["key"], _end(row, rows)) for row in rows}:
            return len(rows)
        stage = _stage(unit_id, clock)
    for row in rows:
        with transaction.atomic(), _seen(unit_id):
            if _found(unit_id, row["key"]) is None:
                _draft(stage, row)
        _bring(stage, row)
    return len(rows)


def _seen(unit_id: int) -> Any:
    return scope(purpose=Purpose.DEMO, units=[unit_id])


def _end(row: Row, rows: list[dict[str, str]]) -> str:
    """The state in which it is left."""
    if any(other["replaces"] == row["key"] for other in rows):
        return DocumentState.REPLACED
    return DocumentState.DRAFT if row["state"] == "returned" else row["state"]


def _stage(unit_id: int, clock: Callable[[], datetime]) -> Stage:
    people = {user.username: user for user in User.objects.filter(username__in=(DRAFTER, REVIEWER, CLERK, LEADER))}
    signer = Assignment.objects.filter(user__username=LEADER, post__unit_id=unit_id).order_by("id").first()
    if len(people) < 4 or signer is None:
        raise LookupError("people")
    return Stage(unit_id, people, signer.pk, clock)


def _found(unit_id: int, key: str) -> Document | None:
    return Document.objects.filter(unit_id=unit_id, origin_type=ORIGIN, origin_id=key).order_by("id").first()


def _draft(stage: Stage, row: Row) -> None:
    old = _found(stage.unit_id, row["replaces"]) if row["replaces"] else None
    draft_document(
        draft=Draft(
            unit_id=stage.unit_id,
            type_code=row["layout"],
            layout=row["layout"],
            subject=row["subject"],
            signer_id=stage.signer_id,
            content=sample(row["layout"]),
            recipients=(RecipientLine(name=row["recipient"]), RecipientLine(name="VT", kind=RecipientKind.KEEP)),
            capacity=Capacity.COLLECTIVE,
            owner=Owner(number=row["owner"]) if row["owner"] else None,
            result_code=row["result_code"],
            origin=Origin(type=ORIGIN, id=row["key"]),
            replaces=old.pk if old else None,
        ),
        actor=stage.people[DRAFTER],
        now=stage.clock(),
    )


def _bring(stage: Stage, row: Row) -> None:
    """Step by step to its state, each step by whose turn it is."""
    steps: dict[str, Callable[[Document], None]] = {
        DocumentState.DRAFT: lambda found: _take(submit_for_review, found, DRAFTER, stage),
        DocumentState.SUBMITTED: lambda found: _take(review, found, REVIEWER, stage),
        DocumentState.REVIEWED: lambda found: _take(check_format, found, CLERK, stage),
        DocumentState.CHECKED: lambda found: _sign(stage, found),
        DocumentState.SIGNED: lambda found: _take(complete, found, CLERK, stage),
        DocumentState.ISSUED: lambda found: _take(revoke, found, LEADER, stage, reason=row["reason"]),
    }
    while True:
        with transaction.atomic(), _seen(stage.unit_id):
            found = _found(stage.unit_id, row["key"])
            if found is None or _is_there(row, found):
                return
            before = found.revision
            if row["state"] == "returned" and found.state == DocumentState.SUBMITTED:
                _take(return_document, found, REVIEWER, stage, reason=row["reason"])
            else:
                steps[found.state](found)
        _work_off(stage)
        with transaction.atomic(), _seen(stage.unit_id):
            found.refresh_from_db()
            if found.revision == before:
                raise NotSignedYetError(row["key"])


def _is_there(row: Row, found: Document) -> bool:
    if row["state"] == "returned":
        return found.state == DocumentState.DRAFT and found.revision > 1
    return found.state in {row["state"], DocumentState.REPLACED, DocumentState.REVOKED}


def _take(deed: Callable[..., Any], document: Document, name: str, stage: Stage, **more: Any) -> None:
    deed(document=document, revision=document.revision, actor=stage.people[name], now=stage.clock(), **more)


def _sign(stage: Stage, document: Document) -> None:
    failing = _found(stage.unit_id, FAILS)
    if document.origin_id != BESIDE or failing is None or SigningItem.objects.filter(document=failing).exists():
        _take(sign, document, LEADER, stage)
        return
    picks = [Pick(one.pk, one.revision) for one in (document, failing)]
    confirm_batch(picks=picks, goal=Goal.SIGN, actor=stage.people[LEADER], now=stage.clock())


def _work_off(stage: Stage) -> None:
    """What a worker would do; where one runs already, it may be quicker."""
    with transaction.atomic(), _seen(stage.unit_id):
        waiting = SigningItem.objects.filter(batch__unit_id=stage.unit_id, state=ItemState.WAITING)
        asked = {str(key) for key in waiting.values_list("pk", flat=True)}
    if not asked:
        return
    with transaction.atomic(), scope(purpose=Purpose.RELAY):
        ordered = list(
            Delivery.objects.open().filter(topic=TOPIC, payload__item__in=asked).order_by("created_at", "id")
        )
    for delivery in ordered:
        deliver(delivery.pk, clock=stage.clock)
