"""Mistakes in issued results, and what became of them."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from services.models import Correction, Dossier, Mending
from services.states import UNDER_CORRECTION, CorrectionState, Stage, State

MOST = 50


def wrong_result(dossier: Dossier) -> UUID | None:
    """The revoked result whose place the next one takes."""
    if State(dossier.state) is not State.DECIDED:
        return None
    rows = Correction.objects.filter(dossier=dossier, state=CorrectionState.BEGUN.value)
    return rows.values_list("old_document", flat=True).first()


def corrections_of(dossier: Dossier) -> list[Correction]:
    """Newest first."""
    return list(Correction.objects.filter(dossier=dossier).order_by("-asked_at", "id")[:MOST])


def waiting_corrections(unit_ids: list[int]) -> list[Correction]:
    """For the head to begin or decline, and those under way, soonest due first."""
    states = [CorrectionState.ASKED.value, CorrectionState.BEGUN.value]
    rows = Correction.objects.filter(state__in=states, dossier__competent_unit__in=unit_ids)
    return list(rows.select_related("dossier__version").order_by("due_at", "id")[:MOST])


def mendings_of(dossier: Dossier) -> list[Mending]:
    """What officers changed in the answers for corrections, newest first."""
    return list(Mending.objects.filter(correction__dossier=dossier).order_by("-mended_at", "id")[:MOST])


def late_corrections(now: datetime) -> Iterator[Correction]:
    """Those whose working days are over, and whose head was not told yet."""
    states = [CorrectionState.ASKED.value, CorrectionState.BEGUN.value]
    rows = Correction.objects.filter(state__in=states, due_at__lt=now, breached_at=None).select_related("dossier")
    return rows.order_by("due_at", "id").iterator(chunk_size=200)


def is_open(dossier: Dossier) -> bool:
    """Somebody reported a mistake, and it is neither declined nor mended yet."""
    states = [CorrectionState.ASKED.value, CorrectionState.BEGUN.value]
    return Correction.objects.filter(dossier=dossier, state__in=states).exists()


def is_pending(row: Correction) -> bool:
    return row.state in {CorrectionState.ASKED, CorrectionState.BEGUN}


def is_correctable(dossier: Dossier) -> bool:
    """A result was issued, and is not being corrected already."""
    return State(dossier.state) in {State.DECIDED, State.RETURNED} and Stage(dossier.stage) not in UNDER_CORRECTION
