"""What the slips say that go with paper from organ to organ: task and limit of each, and each hand-over. Đ.20.2a"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from portal.accounts.models import User
from services import printing
from services.coordination import opinion_times
from services.models import Consultation, Dossier, Handover
from services.queries.officers import name_of
from units.queries.nearest import nearest_versions

KEPT = ("organ", "trial", "place", "made_on", "dossier", "principal")
DUTY, TEXT, MOST_ASKED = 500, 200, 10


def transfer_slip(dossier: Dossier, rows: Sequence[Consultation], *, actor: User, now: datetime) -> dict[str, Any]:
    """Whose turn comes later has the moment that follows when all before them keep theirs."""
    names = nearest_versions({row.unit_id for row in rows}, localdate(now))
    due: dict[object, datetime] = {}
    for row in rows:
        due[row.pk] = row.due_at or opinion_times(row.unit_id, row.working_days, due.get(row.after_id, now))[1]
    tasks = [
        {
            "organ": names[row.unit_id].full_name[:TEXT],
            "duty": " ".join(row.asked["question"].split())[:DUTY],
            "due_at": due[row.pk],
        }
        for row in rows
    ]
    return slip_head(dossier, now) | {
        "procedure": dossier.version.name_vi[:DUTY],
        "due_at": dossier.due_at,
        "tasks": tasks,
        "officer": name_of(actor),
    }


def slip_head(dossier: Dossier, now: datetime) -> dict[str, Any]:
    head = printing.head_of(dossier, now)
    return {name: value for name, value in head.items() if name in KEPT}


def control_slip(dossier: Dossier, rows: Sequence[Handover], *, now: datetime) -> dict[str, Any]:
    """Form 06: who gave what to whom, when, and whether it was there in time. A receipt that lacks is said."""
    units = {unit for row in rows for unit in (row.from_unit_id, row.to_unit_id)} | {dossier.competent_unit_id}
    asked = Consultation.objects.of(dossier).values_list("unit", flat=True)[:MOST_ASKED]
    names = {
        unit: version.full_name[:TEXT] for unit, version in nearest_versions({*units, *asked}, localdate(now)).items()
    }
    told = slip_head(dossier, now) | {
        "accepted_at": dossier.accepted_at,
        "due_at": dossier.due_at,
        "competent": names[dossier.competent_unit_id],
        "steps": [_step(row, names) for row in rows],
    }
    others = sorted({names[unit] for unit in asked if unit != dossier.competent_unit_id})
    return told | ({"coordinating": others} if others else {})


def _step(row: Handover, names: dict[int, str]) -> dict[str, Any]:
    say = printing.say
    step = {
        "from": names[row.from_unit_id],
        "to": names[row.to_unit_id],
        "at": row.received_at or row.given_at,
        "given_by": row.giver or say("by_the_portal"),
        "taken_by": row.taker or say("not_received" if row.received_at is None else "by_the_portal"),
        "note": ". ".join(filter(None, [say(f"given_{row.what}"), row.note]))[:TEXT],
    }
    if row.received_at and row.due_at:
        step["outcome"] = say("outcome_on_time" if row.received_at <= row.due_at else "outcome_late")
    return step
