"""Petitions as JSON."""

from typing import Any

from django.utils import timezone

from portal.accounts.models import User
from portal.api.naming import abilities
from services.api.dossier_answers import moment
from services.models import Petition, PetitionClock, PetitionEntry, PublishedPetition
from services.petition_policies import petition_abilities
from services.queries.petitions import Followed
from services.wording_petitions import standing_of

Json = dict[str, Any]


def filed(row: Petition) -> Json:
    return {
        "code": row.reference,
        "pin": row.pin,
        "state": row.state,
        "filedAt": moment(row.filed_at),
        "dueAt": moment(row.next_due_at),
    }


def entry(row: PetitionEntry, units: dict[int, str]) -> Json:
    return {
        "type": row.type,
        "text": row.text,
        "unitName": units.get(row.unit_id, ""),
        "toUnitName": units.get(row.to_unit_id, "") if row.to_unit_id else None,
        "untilAt": moment(row.until),
        "writtenAt": moment(row.written_at),
    }


def standing(seen: Followed) -> Json:
    row, told = seen.petition, standing_of(seen.petition.state)
    return {
        "code": row.reference,
        "type": row.kind,
        "state": row.state,
        "stateInWords": str(told.phase),
        "nextInWords": str(told.next_step),
        "text": row.text,
        "unitName": seen.units.get(row.responsible_unit_id, ""),
        "entries": [entry(one, seen.units) for one in seen.entries],
        "publishedId": seen.publication.pk if seen.publication else None,
        "score": row.score,
        "filedAt": moment(row.filed_at),
        "nextDueAt": moment(row.next_due_at),
        "closedAt": moment(row.closed_at),
    }


def published(row: PublishedPetition) -> Json:
    return {
        "id": row.pk,
        "type": row.kind,
        "title": row.title,
        "question": row.question,
        "answer": row.answer,
        "unitId": row.unit_id,
        "publishedAt": moment(row.published_at),
    }


def petition(row: Petition, user: User) -> Json:
    """Whoever sent it is not told which officer handles it."""
    handler = str(row.handler_id) if row.handler_id and user.is_officer else None
    return {
        "id": str(row.pk),
        "code": row.reference,
        "type": row.kind,
        "state": row.state,
        "channel": row.channel,
        "text": row.text,
        "dossierCode": row.dossier_code or None,
        "procedureCode": row.procedure.code if row.procedure else None,
        "addressedUnitId": row.addressed_unit_id,
        "responsibleUnitId": row.responsible_unit_id,
        "handlerId": handler,
        "repeatsCode": row.repeat_of.reference if row.repeat_of and user.is_officer else None,
        "score": row.score,
        "filedAt": moment(row.filed_at),
        "nextDueAt": moment(row.next_due_at),
        "closedAt": moment(row.closed_at),
    }


def clock(row: PetitionClock) -> Json:
    return {
        "kind": row.kind,
        "unitId": row.unit_id,
        "startedAt": moment(row.started_at),
        "dueAt": moment(row.due_at),
        "endedAt": moment(row.ended_at),
        "outcome": row.outcome or None,
        "late": row.is_late(timezone.now()),
    }


def detail(seen: Followed, user: User) -> Json:
    row, inside = seen.petition, user.is_officer
    return petition(row, user) | {
        "entries": [entry(one, seen.units) for one in seen.entries],
        "contact": row.contact if inside else None,
        "aboutOfficer": row.about_officer or None if inside else None,
        "fileIds": [str(one.file_id) for one in row.files.order_by("id")[:50]] if inside else None,
        "clocks": [clock(one) for one in seen.clocks] if inside else None,
        "publishedId": seen.publication.pk if seen.publication else None,
        "abilities": abilities(petition_abilities(user, row)),
    }
