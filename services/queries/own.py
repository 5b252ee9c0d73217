"""The dossiers of one citizen, as owner or as filer, and what belongs to one of them."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from django.db.models import Count, Q

from documents.models import IssuedResult
from portal.accounts.models import User
from services.models import Dossier, Extension, Moment, Rating, Supplement
from services.models.dossiers import DossierQuerySet
from services.states import CLOSED, OPEN, UNDER_CORRECTION, ExtensionState, RequestState, Stage, State, is_worked_on
from units.sorting import search_key

SIZE = 20
SHORT = 5  # closed ones beside the open ones
TEXT_LIMIT = 100
NEEDED = (
    Q(state__in=[State.SUPPLEMENT.value, State.PAYMENT.value])
    | Q(stage=Stage.AWAITING_CITIZEN.value)
    | (
        Q(state=State.DECIDED.value)
        & ~Q(stage__in=[Stage.IN_POST.value, *sorted(one.value for one in UNDER_CORRECTION)])
    )
)


class Part(StrEnum):
    """The three parts of "hồ sơ của tôi", as its address names them."""

    NEEDED = "can-lam"
    OPEN = "dang-giai-quyet"
    CLOSED = "da-ket-thuc"


def mine(user: User, *, part: Part | None = None, text: str = "") -> DossierQuerySet:
    """Unordered; `text` is a reference, a code, or words of the procedure's or the owner's name without accents."""
    found = Dossier.objects.of_citizen(user).select_related("version__procedure")
    if part is Part.NEEDED:
        found = found.filter(NEEDED)
    elif part is Part.OPEN:
        found = found.filter(state__in=[str(one) for one in OPEN]).exclude(NEEDED)
    elif part is Part.CLOSED:
        found = found.filter(state__in=[str(one) for one in CLOSED])
    if text.strip():
        found = found.filter(_about(text[:TEXT_LIMIT]))
    return found


def _about(text: str) -> Q:
    said = text.strip().upper()
    named = Q(code__startswith=said) | Q(reference=said)
    key = search_key("".join(one if one.isprintable() else " " for one in text))
    return named | Q(owner_key__contains=key) | Q(version__search_name__contains=f" {key}") if key else named


def page_of(found: DossierQuerySet, *, after: uuid.UUID | None, size: int = SIZE) -> tuple[list[Dossier], bool]:
    """Newest first, those after the one that ended the page before; and whether there are more."""
    last = found.filter(pk=after).values_list("submitted_at", flat=True).first() if after else None
    if after and last:
        found = found.filter(Q(submitted_at__lt=last) | Q(submitted_at=last, id__gt=after))
    rows = list(found.order_by("-submitted_at", "id")[: size + 1])
    return rows[:size], len(rows) > size


def own_dossier(user: User, pk: uuid.UUID) -> Dossier | None:
    return (
        Dossier.objects.of_citizen(user)
        .select_related("version__procedure", "version__form", "mandate")
        .filter(pk=pk)
        .first()
    )


def open_request(dossier: Dossier) -> Supplement | None:
    """What is asked for now, with `unanswered`: how many of its items wait."""
    rows = Supplement.objects.filter(dossier=dossier, state=RequestState.OPEN.value)
    waiting = Count("items", filter=Q(items__answered_at=None))
    return rows.annotate(unanswered=waiting).order_by("-number", "id").first()


def last_request(dossier: Dossier) -> Supplement | None:
    return Supplement.objects.filter(dossier=dossier).order_by("-number", "id").first()


def approved_extension(dossier: Dossier) -> Extension | None:
    """The apology with the later date, once the head has set it."""
    rows = Extension.objects.filter(dossier=dossier, state=ExtensionState.APPROVED.value).select_related("form")
    return rows.order_by("-asked_at", "id").first()


def result_of(dossier: Dossier) -> IssuedResult | None:
    """What was issued, for those who may see it: its owner."""
    if dossier.result_document is None:
        return None
    rows = IssuedResult.objects.filter(document_id=dossier.result_document).select_related("document")
    return rows.order_by("-issued_at", "id").first()


def next_moment(dossier: Dossier, request: Supplement | None) -> datetime | None:
    """By when something happens next: the supplement's end, the answer of the desk, or the due moment."""
    if request is not None:
        return request.deadline_at
    if State(dossier.state) is State.SUBMITTED:
        return dossier.answer_due_at
    if is_worked_on(State(dossier.state), Stage(dossier.stage)) and dossier.decided_at is not None:
        return dossier.next_due_at  # of the correction
    return dossier.due_at if dossier.is_open and dossier.decided_at is None and dossier.paused_at is None else None


def moments_to_rate(dossier: Dossier, ratings: Iterable[Rating] | None = None) -> list[Moment]:
    """What can be rated now and was not yet. One statement, none when the ratings are known already."""
    given = {row.moment for row in (Rating.objects.filter(dossier=dossier) if ratings is None else ratings)}
    ripe = [Moment.RECEIPT] if dossier.is_open and dossier.decided_at is None else [Moment.RECEIPT, Moment.RESULT]
    return [moment for moment in ripe if moment not in given]
