"""What the pages of documents ask: lists with their filters, who may sign, and names beside steps."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import F, Func, QuerySet, TextField
from django.utils.timezone import make_aware

from documents.capacities import posts_that_sign
from documents.kinds import Capacity
from documents.models import Document, RouteStep, SigningBatch, SigningItem
from documents.models.documents import DocumentQuerySet
from documents.policies import Capability, signing_rights
from documents.queries.documents import visible_to, waiting_for
from documents.states import DocumentState, Goal, ItemState, steps_left
from portal.accounts.models import User
from staff.models import Assignment, Delegation, Person
from staff.policies import grounds
from units.sorting import search_key

TEXT_LIMIT = 100
MOST_SIGNERS = 50
MOST_STEPS = 200
MOST_UNITS = 50


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody who may sign for the unit today, in one capacity."""

    assignment_id: int
    capacity: Capacity
    name: str
    post: str

    @property
    def key(self) -> str:
        return f"{self.assignment_id}:{self.capacity.value}"


def of_officer(
    user: User,
    on: date,
    *,
    mine: bool = False,
    state: str = "",
    type_code: str = "",
    text: str = "",
    first: date | None = None,
    last: date | None = None,
) -> DocumentQuerySet:
    """What the officer may see, narrowed; words are found with or without accents. Soonest due first."""
    found = waiting_for(user, on) if mine else visible_to(user, on).soonest_first()
    if state:
        found = found.filter(state=state)
    if type_code:
        found = found.filter(type_code=type_code)
    if first:
        found = found.filter(drafted_at__gte=make_aware(datetime.combine(first, time.min)))
    if last:
        found = found.filter(drafted_at__lt=make_aware(datetime.combine(last + timedelta(days=1), time.min)))
    for word in search_key(text[:TEXT_LIMIT]).split():
        key = Func(F("subject"), function="vi_search_key", output_field=TextField())
        found = found.alias(words=key).filter(words__contains=word)
    return found


def ready_for(user: User, goal: Goal, on: date) -> list[Document]:
    """What waits for this goal by this person, at most a whole batch of it."""
    found = [row for row in waiting_for(user, on)[:400] if steps_left(goal, DocumentState(row.state))]
    return found[:200]


def units_to_draft(user: User, on: date) -> list[int]:
    found = {ground.unit_id for ground in grounds(user, on) if ground.capability == Capability.DOCUMENT_DRAFT}
    return sorted(found)[:MOST_UNITS]


def signers_of(unit_id: int, on: date) -> list[Signer]:
    """By their own posts, and by what a head lent them."""
    holders = Assignment.objects.on(on).filter(unit_id=unit_id, user__isnull=False, post__code__in=posts_that_sign(on))
    takers = Delegation.objects.on(on).filter(giver__unit_id=unit_id).values_list("taker__user_id", flat=True)
    ids = {*holders.order_by("id").values_list("user_id", flat=True)[:MOST_SIGNERS], *takers[:MOST_SIGNERS]}
    found: dict[str, Signer] = {}
    names = names_of(ids)
    for user in User.objects.filter(pk__in=ids).order_by("id"):
        for right in signing_rights(user, unit_id, on):
            for capacity in right.capacities:
                one = Signer(right.assignment.pk, capacity, names.get(user.pk, ""), right.assignment.post.name)
                found.setdefault(one.key, one)
    return list(found.values())


def names_of(user_ids: Iterable[UUID | None]) -> dict[UUID, str]:
    rows = Person.objects.filter(user_id__in={pk for pk in user_ids if pk}).only("user_id", "name").order_by("id")
    return {row.user_id: row.name for row in rows if row.user_id}


def steps_of(document: Document) -> list[RouteStep]:
    return list(RouteStep.objects.filter(document=document).order_by("-revision")[:MOST_STEPS])


def last_item(document: Document) -> SigningItem | None:
    """The newest order of a signature or seal; it tells why a document stands still."""
    rows = SigningItem.objects.filter(document=document).select_related("batch")
    return rows.order_by("-batch__confirmed_at", "-id").first()


def batches_of(user: User) -> QuerySet[SigningBatch, SigningBatch]:
    return SigningBatch.objects.filter(confirmed_by=user).order_by("-confirmed_at", "id")


def items_of(batch: SigningBatch) -> list[SigningItem]:
    """Failures first, for somebody must look at them."""
    order = [ItemState.FAILED, ItemState.WAITING, ItemState.CANCELLED, ItemState.DONE]
    items = list(SigningItem.objects.filter(batch=batch).select_related("document").order_by("place")[:200])
    return sorted(items, key=lambda item: (order.index(ItemState(item.state)), item.place))
