"""What Form 07 says: the register of a desk.

TT 01/2018/TT-VPCP, TT 03/2025/TT-VPCP (columns UNVERIFIED: the layouts are dated data). Written in Vietnamese.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.timezone import localdate

from documents.printing import organ_lines
from services import printing
from services.kinds import StepRole
from services.models import Dossier, WorkItem
from services.queries.places import UnitsOn
from services.states import ItemState, Stage, State
from units.models import UnitVersion
from units.queries import version_at
from units.queries.tree import versions_at

Data = dict[str, Any]
MOST_STEPS, TEXT, NAME, LONG = 60, 300, 120, 2000


def register_page(
    dossiers: Sequence[Dossier], *, unit_id: int, first: date, last: date, begins_with: int, now: datetime
) -> Data:
    """Form 07: one page of the register, numbered on from `begins_with`."""
    desk = version_at(unit_id, localdate(now))
    return {
        "organ": _organ(desk),
        "trial": settings.SIGNATURE_TRIAL_ALLOWED,
        "year": first.year,
        "volume": str(first.year),
        "from": first,
        "until": last,
        "rows": [
            {"number": number, **row} for number, row in enumerate(register_rows(dossiers, now=now), start=begins_with)
        ],
    }


def register_rows(dossiers: Sequence[Dossier], *, now: datetime) -> list[Data]:
    """The columns of Form 07, for print and sheet. `dossiers` with their versions; few statements for all of them."""
    units = versions_at(sorted({dossier.competent_unit_id for dossier in dossiers}), localdate(now))
    steps: dict[UUID, list[WorkItem]] = defaultdict(list)
    for item in WorkItem.objects.filter(dossier__in=dossiers).order_by("dossier", "number", "id"):
        steps[item.dossier_id].append(item)
    places = UnitsOn(localdate(now))
    return [_register_row(dossier, steps[dossier.pk], units, places, now) for dossier in dossiers]


def _register_row(
    dossier: Dossier, items: Sequence[WorkItem], units: dict[int, UnitVersion], places: UnitsOn, now: datetime
) -> Data:
    competent = units.get(dossier.competent_unit_id)
    returned = next((item for item in items if item.role == StepRole.RETURNS and item.state == ItemState.DONE), None)
    taken = next((item.taken_at for item in items if item.role != StepRole.RECEPTION and item.taken_at), None)
    ended = State(dossier.state) is State.RETURNED
    contact = dossier.contact
    return printing.whole(
        code=dossier.code,
        procedure=dossier.version.name_vi[:LONG],
        sets=1,
        principal=dossier.owner_name,
        address=printing.address(dossier, contact, now, places)[:TEXT] or printing.say("not_declared"),
        phone=str(contact.get("phone") or "")[:40],
        competent=competent.full_name[:TEXT] if competent else printing.say("not_declared"),
        accepted_at=dossier.accepted_at,
        due_at=dossier.due_at,
        forwarded_at=taken,
        result_at=dossier.decided_at,
        returned_at=dossier.closed_at if ended else None,
        returned_by=printing.say(f"returned_{dossier.return_channel}") if ended else "",
        taken_by=(returned.note if returned else "")[:NAME],
        note=_note(dossier),
    )


def _note(dossier: Dossier) -> str:
    state = State(dossier.state)
    if state in {State.WITHDRAWN, State.STOPPED}:
        return printing.say(str(state))
    if state is State.DECIDED and dossier.stage == Stage.IN_POST:
        return printing.say("goes_by_post")
    return printing.say("waits_for_owner") if state is State.DECIDED else ""


def _organ(unit: UnitVersion | None) -> Data:
    full = unit.full_name if unit else ""
    return {"above": list(organ_lines(full)), "name": printing.say("desk_lines").split("|")}
