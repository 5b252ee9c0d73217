"""What anybody may know who holds code and PIN of a dossier, or the signed address on its receipt: where it stands."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest

from django.db import transaction

from portal.isolation import Purpose, scope
from services.models import Dossier, Moment, Supplement
from services.queries import own
from services.states import RequestState, State
from units.queries.nearest import nearest_versions

CODE_LENGTH = 60
SHOWN = (
    "reference", "code", "state", "stage", "return_channel", "submitted_at", "accepted_at", "answer_due_at", "due_at",
    "printed_due_at", "paused_at", "decided_at", "closed_at", "responsible_unit", "competent_unit", "returning_unit",
    "version__name_vi",
)  # fmt: skip  # as a paragraph: no name, no number, no subject line, no reason, no answer
NOBODY = "-" * 6


@dataclass(frozen=True, slots=True)
class Status:
    """`units` are full names by id. `due_at`: by when something happens next. `to_rate`: what was not rated yet."""

    dossier: Dossier
    units: dict[int, str]
    due_at: datetime | None
    to_rate: tuple[Moment, ...] = ()


def normal(code: str) -> str:
    """As people type it: small letters, blanks, other dashes."""
    return "".join(code.upper().replace("–", "-").replace("—", "-").split())[:CODE_LENGTH]


def find(code: str, pin: str) -> uuid.UUID | None:
    """None for a code that never was and for a wrong PIN: nobody learns which."""
    wanted = normal(code)
    with transaction.atomic(), scope(purpose=Purpose.LOOK_UP):
        rows = Dossier.objects.only("id", "pin_sealed")
        found = (rows.filter(reference=wanted) or rows.exclude(code="").filter(code=wanted)).first()
    right = compare_digest(((found.pin if found else "") or NOBODY).encode(), pin.encode())
    return found.pk if found and right else None


def status_of(dossier_id: uuid.UUID) -> Status | None:
    with transaction.atomic(), scope(purpose=Purpose.LOOK_UP):
        dossier = Dossier.objects.select_related("version").only(*SHOWN).filter(pk=dossier_id).first()
        if dossier is None:
            return None
        request = None
        if dossier.state == State.SUPPLEMENT:
            rows = Supplement.objects.filter(dossier=dossier, state=RequestState.OPEN.value).only("deadline_at")
            request = rows.order_by("-number", "id").first()
        to_rate = tuple(own.moments_to_rate(dossier))
    ids = {dossier.responsible_unit_id, dossier.competent_unit_id, dossier.returning_unit_id}
    versions = nearest_versions(ids, dossier.submitted_at.date())
    names = {unit: version.full_name for unit, version in versions.items()}
    return Status(dossier, names, own.next_moment(dossier, request), to_rate)
