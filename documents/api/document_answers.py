"""Documents, their steps and batches as flat dictionaries. An owner's number is never among it."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.timezone import localtime

from documents import policies
from documents.codes import shown
from documents.models import Document, Recipient, RouteStep, SigningBatch, SigningItem
from documents.queries.desk import items_of, last_item, names_of, steps_of
from documents.queries.documents import progress
from documents.states import Action, ItemState
from portal.accounts.models import User
from portal.api import naming
from staff.policies import today

Json = dict[str, Any]
MOST = 100  # recipients and files of one document


def moment(value: datetime | None) -> str | None:
    return localtime(value).isoformat() if value else None


def day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def summary(row: Document, abilities: dict[str, bool]) -> Json:
    return {
        "id": str(row.pk),
        "code": shown(row.code),
        "unitId": row.unit_id,
        "type": row.type_code,
        "layout": row.layout_code,
        "subject": row.subject,
        "urgency": row.urgency,
        "state": row.state,
        "revision": row.revision,
        "number": row.number,
        "documentDate": day(row.dated_on),
        "signerId": row.signer_id,
        "capacity": row.capacity,
        "dueAt": moment(row.due_at),
        "draftedAt": moment(row.drafted_at),
        "issuedAt": moment(row.issued_at),
        "originType": row.origin_type,
        "originId": row.origin_id,
        "resultCode": row.result_code,
        "abilities": abilities,
    }


def detail(row: Document, user: User) -> Json:
    item = last_item(row)
    waits = item is not None and item.state == ItemState.WAITING
    steps = steps_of(row)
    names = names_of(step.user_id for step in steps)
    return {
        **summary(row, abilities(row, user, waits=waits)),
        "division": row.division,
        "content": row.content,
        "recipients": [_recipient(line) for line in row.recipients.order_by("place")[:MOST]],
        "validFromDate": day(row.valid_from),
        "validToDate": day(row.valid_until),
        "replacesId": str(row.replaces_id) if row.replaces_id else None,
        "replacedById": str(row.replaced_by_id) if row.replaced_by_id else None,
        "endedReason": row.ended_reason,
        "steps": [_step(step, names) for step in steps],
        "versions": [
            {"number": version.seq, "kind": version.kind, "digest": version.sha256, "madeAt": moment(version.made_at)}
            for version in row.versions.order_by("-seq")[:MOST]
        ],
        "order": _order(item) if item and item.state in {ItemState.WAITING, ItemState.FAILED} else None,
    }


def abilities(row: Document, user: User, *, waits: bool, rights: set[str] | None = None) -> dict[str, bool]:
    """Nothing may be done with a document that a worker has in its hands."""
    can = policies.abilities(user, row, today(), rights=rights)
    can[Action.REPLACE.value] = can[Action.REVOKE.value]
    return naming.abilities({action: may and not waits for action, may in can.items()})


def waiting_among(documents: Collection[Document]) -> set[UUID]:
    rows = SigningItem.objects.filter(document__in=documents, state=ItemState.WAITING)
    return set(rows.values_list("document_id", flat=True))


def _recipient(line: Recipient) -> Json:
    return {"name": line.name, "kind": line.kind, "unitId": line.unit_id}


def _step(step: RouteStep, names: dict[UUID, str]) -> Json:
    return {
        "action": step.action,
        "before": step.before,
        "after": step.after,
        "revision": step.revision,
        "by": names.get(step.user_id, "") if step.user_id else "",
        "note": step.note,
        "takenAt": moment(step.at),
    }


def _order(item: SigningItem) -> Json:
    return {"batchId": str(item.batch_id), "goal": item.batch.goal, "state": item.state, "note": item.note}


def batch(row: SigningBatch) -> Json:
    made = progress(row.pk)
    return {
        "id": str(row.pk),
        "unitId": row.unit_id,
        "goal": row.goal,
        "confirmedAt": moment(row.confirmed_at),
        "cancelledAt": moment(row.cancelled_at),
        "total": made.total,
        "waiting": made.waiting,
        "done": made.done,
        "failed": made.failed,
        "cancelled": made.cancelled,
        "abilities": {"cancel": made.waiting > 0},
    }


def batch_with_items(row: SigningBatch) -> Json:
    """Failures first, each with the sentence that says why."""
    items = [
        {
            "documentId": str(item.document_id),
            "subject": item.document.subject,
            "state": item.state,
            "note": item.note,
            "endedAt": moment(item.ended_at),
        }
        for item in items_of(row)
    ]
    return {**batch(row), "items": items}
