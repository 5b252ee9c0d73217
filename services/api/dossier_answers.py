"""Dossiers and what belongs to them as JSON. What only officers see is left out by the views, not here."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate, localtime

from documents.models import StoredFile
from portal.accounts.models import User
from portal.api.naming import abilities
from portal.events import Event
from portal.events.wording import actor_in_words, event_in_words
from services.models import (
    Attachment,
    ClockEntry,
    Component,
    Confirmation,
    Dossier,
    Message,
    Note,
    Rating,
    Supplement,
    SupplementItem,
)
from services.policies import abilities as may_do
from services.queries.clock import explained
from services.queries.parts import DetailParts, detail_parts
from services.queries.staffing import may_be_worked_on
from services.wording_desk import state_in_words
from units.queries.nearest import nearest_versions

Json = dict[str, Any]


def moment(at: datetime | None) -> str | None:
    return localtime(at).isoformat() if at else None


def dossier(row: Dossier) -> Json:
    return {
        "id": str(row.pk),
        "reference": row.reference,
        "code": row.code or None,
        "procedureCode": row.version.code,
        "procedureName": row.version.name_vi,
        "state": row.state,
        "stage": row.stage or None,
        "stateInWords": state_in_words(row.state, row.stage),
        "channel": row.channel,
        "returnChannel": row.return_channel,
        "ownerName": row.owner_name,
        "filerName": row.filer_name,
        "summary": row.summary,
        "receivingUnitId": row.receiving_unit_id,
        "competentUnitId": row.competent_unit_id,
        "returningUnitId": row.returning_unit_id,
        "responsibleUnitId": row.responsible_unit_id,
        "submittedAt": moment(row.submitted_at),
        "answerDueAt": moment(row.answer_due_at),
        "acceptedAt": moment(row.accepted_at),
        "dueAt": moment(row.due_at),
        "nextDueAt": moment(row.next_due_at),
        "pausedAt": moment(row.paused_at),
        "decidedAt": moment(row.decided_at),
        "closedAt": moment(row.closed_at),
    }


def detail(
    row: Dossier, user: User, *, parts: DetailParts | None = None, units: Mapping[int, str] | None = None
) -> Json:
    """Everything that the person may see and do. A handful of statements, none for what the caller knows already."""
    names = full_names(row) if units is None else units
    parts = parts or detail_parts(row)
    return dossier(row) | {
        "ownerNumber": row.owner_number or None,
        "contact": row.contact,
        "answers": row.answers,
        "reason": row.reason or None,
        "limitKey": row.limit_case or None,
        "resultDocumentId": str(row.result_document) if row.result_document else None,
        "version": row.version_id,
        "units": [{"id": unit, "name": names[unit]} for unit in sorted(row.unit_ids()) if unit in names],
        "components": components(parts.components, parts.attachments),
        "clock": clock(row, parts.entries),
        "competentUnitHasWorkers": may_be_worked_on(row, localdate()),
        "abilities": abilities(may_do(user, row)),
    }


def full_names(row: Dossier) -> dict[int, str]:
    """The units that take part, as they were called when it was filed."""
    versions = nearest_versions(row.unit_ids(), localdate(row.submitted_at))
    return {unit: version.full_name for unit, version in versions.items()}


def components(rows: Iterable[Component], attached: Iterable[Attachment]) -> list[Json]:
    behind: dict[int, list[str]] = defaultdict(list)
    for one in attached:
        behind[one.component_id].append(str(one.file_id))
    return [component(row, behind[row.pk]) for row in rows]


def component(row: Component, files: Sequence[str] = ()) -> Json:
    return {
        "key": row.key,
        "name": row.name,
        "proof": row.proof,
        "originals": row.originals,
        "certified": row.certified,
        "copies": row.copies,
        "sourceName": row.source or None,
        "sourceAt": moment(row.source_at),
        "checkedAt": moment(row.checked_at),
        "note": row.note,
        "fileIds": list(files),
    }


def clock(row: Dossier, entries: Sequence[ClockEntry]) -> Json:
    """The ledger, and the due moment line by line as the calendar counts it; without lines before the acceptance."""
    found = explained(row, entries)
    return {
        "dueAt": moment(row.due_at),
        "pausedAt": moment(row.paused_at),
        "entries": [
            {
                "kind": entry.kind,
                "happenedAt": moment(entry.at),
                "endsAt": moment(entry.until),
                "ground": entry.ground,
                "enteredAt": moment(entry.entered_at),
            }
            for entry in entries
        ],
        "lines": [line.text for line in found[0].lines] if found else [],
        "warnings": [one.text for one in found[0].warnings] if found else [],
    }


def supplement(row: Supplement) -> Json:
    """Fetch the items along with it."""
    return {
        "id": str(row.pk),
        "number": row.number,
        "atReception": row.at_reception,
        "state": row.state,
        "reason": row.reason,
        "ground": row.ground,
        "askedAt": moment(row.asked_at),
        "deadlineAt": moment(row.deadline_at),
        "endedAt": moment(row.ended_at),
        "items": [item(one) for one in sorted(row.items.all(), key=lambda one: one.pk)],
    }


def item(row: SupplementItem) -> Json:
    return {
        "id": row.pk,
        "component": row.component or None,
        "pointer": row.pointer or None,
        "problem": row.problem,
        "text": row.text,
        "originals": row.originals,
        "certified": row.certified,
        "copies": row.copies,
        "answeredAt": moment(row.answered_at),
    }


def message(row: Message) -> Json:
    return {
        "id": row.pk,
        "side": row.side,
        "text": row.text,
        "fileId": str(row.file_id) if row.file_id else None,
        "sentAt": moment(row.sent_at),
    }


def note(row: Note) -> Json:
    return {"id": row.pk, "authorId": str(row.author_id), "text": row.text, "writtenAt": moment(row.written_at)}


def rating(row: Rating) -> Json:
    return {
        "id": row.pk,
        "after": row.moment,
        "score": row.score,
        "text": row.text,
        "items": row.items,
        "givenAt": moment(row.given_at),
    }


def confirmation(row: Confirmation) -> Json:
    return {
        "id": str(row.pk),
        "number": row.number,
        "state": row.state,
        "content": row.content,
        "objection": row.objection or None,
        "askedAt": moment(row.asked_at),
        "deadlineAt": moment(row.deadline_at),
        "endedAt": moment(row.ended_at),
    }


def attachment(row: Attachment) -> Json:
    return {
        "id": row.pk,
        "component": row.component.key,
        "replacedAt": moment(row.replaced_at),
        "attachedAt": moment(row.attached_at),
        "file": stored(row.file),
    }


def stored(row: StoredFile) -> Json:
    return {
        "id": str(row.pk),
        "name": row.name,
        "mediaType": row.blob.media_type,
        "bytes": row.blob.size,
        "digest": row.blob.sha256,
        "state": row.state,
        "uploadedAt": moment(row.uploaded_at),
    }


def event(row: Event, *, names: Mapping[str, str], own: str) -> Json:
    """`names`: officers whom the reader may know by name. Others are "an officer"."""
    return {
        "id": row.pk,
        "name": row.name,
        "words": event_in_words(row.name),
        "by": names.get(row.actor.removeprefix("user:")) or actor_in_words(row.actor, own=own),
        "unitId": row.unit_id,
        "stateBefore": row.before or None,
        "stateAfter": row.after or None,
        "happenedAt": moment(row.at),
    }
