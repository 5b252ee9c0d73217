"""What the slips say that go with paper from organ to organ: task and limit of each, and each hand-over. Đ.20.2a"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from portal.accounts.models import User
from services import printing
from services.coordination import opinion_times
from services.models import Consultation, Dossier
from units.queries.nearest import nearest_versions

KEPT = ("organ", "trial", "place", "made_on", "dossier", "principal")
DUTY, TEXT = 500, 200


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
        "officer": printing.officer_name(actor),
    }


def slip_head(dossier: Dossier, now: datetime) -> dict[str, Any]:
    head = printing.head_of(dossier, now)
    return {name: value for name, value in head.items() if name in KEPT}
