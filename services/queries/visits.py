"""Where an officer may file for citizens, and what was begun and filed in one visit."""

import uuid
from datetime import date, datetime

from portal.accounts.models import User
from services.models import Draft, Visit
from services.models.drafts import DraftQuerySet
from services.states import Capability
from staff.policies import grounds
from units.queries.nearest import nearest_versions

SHOWN = 25


def filing_desks(user: User, on: date) -> list[tuple[int, str]]:
    """Units and their names."""
    held = {ground.unit_id for ground in grounds(user, on) if ground.capability == Capability.FILE_FOR_CITIZEN}
    names = nearest_versions(sorted(held), on)
    return [(unit_id, names[unit_id].full_name if unit_id in names else "") for unit_id in sorted(held)]


def open_visit(user: User, pk: uuid.UUID, now: datetime) -> Visit | None:
    """Only of its own officer, while it lasts."""
    return Visit.objects.open(now).select_related("citizen").filter(pk=pk, officer=user).first()


def desk_drafts(user: User, now: datetime) -> DraftQuerySet:
    """Begun by this officer at a desk and not filed yet; order them yourself."""
    return Draft.objects.of(user).unsent().filter(expires_at__gt=now).exclude(desk_unit=None)


def of_visit(visit: Visit) -> list[Draft]:
    """Drafts and what became dossiers, the newest first."""
    rows = Draft.objects.filter(visit=visit).select_related("version", "dossier")
    return list(rows.order_by("-begun_at", "id")[:SHOWN])
