"""Results that go by post: what waits to be sent, what is on a slip, on its way, and what came back."""

from collections.abc import Iterable

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from services.models import Dossier, PostalItem, PostalSlip
from services.models.dossiers import DossierQuerySet
from services.postal_rules import postal_rules_on
from services.states import PostalState, Stage, State

MOST = 50


def to_send(unit_ids: list[int]) -> DossierQuerySet:
    """Issued, and not in an envelope yet; the oldest first."""
    packed = PostalItem.objects.open().filter(dossier=OuterRef("pk"))
    rows = Dossier.objects.filter(
        returning_unit__in=unit_ids, state=State.DECIDED.value, stage=Stage.IN_POST.value, result_document__isnull=False
    )
    return rows.exclude(Exists(packed)).select_related("version").order_by("decided_at", "id")


def items_of(unit_ids: list[int], *states: PostalState) -> QuerySet[PostalItem]:
    """The oldest first."""
    rows = PostalItem.objects.filter(slip__unit__in=unit_ids)
    if states:
        rows = rows.filter(state__in=[str(state) for state in states])
    return rows.select_related("slip", "dossier__version").order_by("slip__made_at", "id")


def on_their_way(unit_ids: list[int]) -> QuerySet[PostalItem]:
    return items_of(unit_ids, PostalState.SENT)


def lying_here(unit_ids: list[int]) -> QuerySet[PostalItem]:
    """What came back and was neither collected nor asked for once more."""
    rows = items_of(unit_ids, PostalState.CAME_BACK)
    later = PostalItem.objects.filter(dossier=OuterRef("dossier"), attempt__gt=OuterRef("attempt"))
    waits = Q(dossier__state=State.DECIDED.value, dossier__stage=Stage.READY_FOR_PICKUP.value)
    return rows.filter(waits).exclude(Exists(later)).order_by("happened_at", "id")


def ended(unit_ids: list[int]) -> QuerySet[PostalItem]:
    """The newest first."""
    return items_of(unit_ids, PostalState.DELIVERED).order_by("-ended_at", "id")


def slips_of(unit_ids: list[int], *, open_only: bool = False) -> QuerySet[PostalSlip]:
    """The newest first, with `number`: how many items are on it."""
    rows = PostalSlip.objects.filter(unit__in=unit_ids)
    if open_only:
        rows = rows.filter(handed_at=None, items__state=PostalState.PREPARED.value)
    counted = Count("items", filter=~Q(items__state=PostalState.TAKEN_OFF.value))
    return rows.annotate(number=counted).order_by("-made_at", "id")


def on_slip(slip: PostalSlip) -> QuerySet[PostalItem]:
    rows = PostalItem.objects.filter(slip=slip).exclude(state=PostalState.TAKEN_OFF.value)
    return rows.select_related("dossier__version", "slip").order_by("id")


def counts(unit_ids: list[int]) -> tuple[int, int]:
    """How many wait to be sent, and how many came back."""
    return to_send(unit_ids).count(), lying_here(unit_ids).count()


def may_be_sent(dossier: Dossier, known: Iterable[PostalItem] | None = None) -> bool:
    """It is issued, lies at the desk and was not tried too often. `known`: its items, where they are read already."""
    if State(dossier.state) is not State.DECIDED or dossier.stage not in {Stage.IN_POST, Stage.READY_FOR_PICKUP}:
        return False
    items = list(PostalItem.objects.filter(dossier=dossier).order_by("id")) if known is None else list(known)
    tried = [one for one in items if one.document == dossier.result_document and one.state != PostalState.TAKEN_OFF]
    return not any(one.is_open for one in items) and len(tried) < postal_rules_on(localdate()).most_attempts
