"""Documents that somebody may see, and those that wait for them, soonest due first."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db.models import Count, Q

from documents.models import Document, DocumentVersion, SigningItem
from documents.models.documents import DocumentQuerySet
from documents.policies import viewing_units
from documents.states import TRANSITIONS, Action, Capability, DocumentState, ItemState
from portal.accounts.models import Kind, User
from staff.policies import grounds


class Turn(StrEnum):
    """What a document waits for."""

    MEND = "mend"
    REVIEW = "review"
    CHECK = "check"
    SIGN = "sign"
    COMPLETE = "complete"


STATES_OF: dict[Turn, tuple[DocumentState, ...]] = {
    Turn.MEND: (DocumentState.DRAFT,),
    Turn.REVIEW: (DocumentState.SUBMITTED,),
    Turn.CHECK: (DocumentState.REVIEWED,),
    Turn.SIGN: (DocumentState.CHECKED, DocumentState.APPROVED),
    Turn.COMPLETE: (DocumentState.SIGNED, DocumentState.NUMBERED, DocumentState.SEALED),
}
TURN_OF = {state: turn for turn, states in STATES_OF.items() for state in states}
BY_POST = {Turn.REVIEW: Action.REVIEW, Turn.CHECK: Action.CHECK, Turn.COMPLETE: Action.NUMBER}


@dataclass(frozen=True, slots=True)
class Progress:
    """Of a batch: how many of its items stand where."""

    waiting: int
    done: int
    failed: int
    cancelled: int

    @property
    def total(self) -> int:
        return self.waiting + self.done + self.failed + self.cancelled


def visible_to(user: User, on: date) -> DocumentQuerySet:
    """Officers and programs those of the organs where they may look; a citizen what was issued to them."""
    if user.kind == Kind.CITIZEN:
        return Document.objects.of_owner(user)
    return Document.objects.of_units(viewing_units(user, on))


def waiting_for(user: User, on: date) -> DocumentQuerySet:
    """Those on which it is this officer's turn, and that no worker has in its hands."""
    units: dict[Capability, set[int]] = {}
    for ground in grounds(user, on) if user.is_active else ():
        if ground.capability in {right.value for right in Capability}:
            units.setdefault(Capability(ground.capability), set()).add(ground.unit_id)
    signs = units.get(Capability.DOCUMENT_SIGN, set())
    mine = Q(state__in=STATES_OF[Turn.SIGN], signer__user=user, unit_id__in=signs)
    mine |= Q(
        state__in=STATES_OF[Turn.MEND],
        drafted_by=user.event_actor,
        unit_id__in=units.get(Capability.DOCUMENT_DRAFT, set()),
    )
    for turn, action in BY_POST.items():
        mine |= Q(state__in=STATES_OF[turn], unit_id__in=units.get(TRANSITIONS[action].capability, set()))
    ordered = SigningItem.objects.filter(state=ItemState.WAITING).values("document_id")
    return Document.objects.filter(mine).exclude(pk__in=ordered).soonest_first()


def counts_by_turn(documents: DocumentQuerySet) -> dict[Turn, int]:
    rows = documents.order_by().values("state").annotate(number=Count("pk"))
    found: dict[Turn, int] = {}
    for row in rows:
        turn = TURN_OF[DocumentState(row["state"])]
        found[turn] = found.get(turn, 0) + row["number"]
    return found


def newest_version(document: Document) -> DocumentVersion | None:
    return document.versions.select_related("file").order_by("-seq").first()


def progress(batch_id: UUID) -> Progress:
    rows = SigningItem.objects.filter(batch_id=batch_id).values("state").annotate(number=Count("pk")).order_by("state")
    numbers = {row["state"]: row["number"] for row in rows}
    return Progress(*(numbers.get(state, 0) for state in ItemState))
