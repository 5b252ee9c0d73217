"""The register books of organs that a reorganisation ends, or that its correction gives back, all at once."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from documents.models import RegisterBook
from documents.registers.errors import UnitAliveError
from documents.registers.events import Fact
from documents.registers.states import BOOK_TRANSITIONS, BookAction, BookState, CloseGround
from portal.events import Told, record_all
from portal.events.actors import System
from units.models import UnitVersion


@transaction.atomic
def close_books_of_ended(*, unit_ids: Collection[int], actor: System, now: datetime) -> dict[int, int]:
    """All open books of units that have ended, by the act that ended them: how many of which unit."""
    sources, target, _capability, fact = BOOK_TRANSITIONS[BookAction.CLOSE]
    books = list(
        RegisterBook.objects.filter(unit_id__in=sorted(unit_ids), state__in=[str(state) for state in sources])
        .order_by("id")
        .select_for_update()
    )
    if UnitVersion.objects.at(localdate(now)).filter(unit_id__in={book.unit_id for book in books}).exists():
        raise UnitAliveError
    told, ground = [], CloseGround.REORGANISATION.value
    for book in books:
        facts = {"ground": ground, "last_number": book.last_number, "head": book.head_hash}
        told.append(Told(book, book.unit_id, before=book.state, after=str(target), facts=facts))
    RegisterBook.objects.filter(pk__in=[book.pk for book in books]).update(
        state=str(target), closed_at=now, closed_by=actor.event_actor, close_ground=ground
    )
    record_all(fact, told, actor=actor, at=now)
    return dict(Counter(book.unit_id for book in books))


@transaction.atomic
def reopen_books(
    *, unit_ids: Collection[int], since: datetime, ground: str, actor: System, now: datetime
) -> dict[int, int]:
    """Books that a reorganisation closed since that moment, at those of the units that live again: how many of which.
    They count on where they stood. `ground`: the number of the act that says so.
    """
    alive = UnitVersion.objects.at(localdate(now)).filter(unit_id__in=sorted(unit_ids))
    closed = RegisterBook.objects.filter(
        unit_id__in=sorted(alive.values_list("unit_id", flat=True)),
        state=BookState.CLOSED.value,
        close_ground=CloseGround.REORGANISATION.value,
        closed_at__gte=since,
    )
    books = list(closed.order_by("id").select_for_update())
    told = []
    for book in books:
        facts = {"act": ground, "last_number": book.last_number, "head": book.head_hash}
        told.append(Told(book, book.unit_id, before=book.state, after=BookState.OPEN.value, facts=facts))
    RegisterBook.objects.filter(pk__in=[book.pk for book in books]).update(
        state=BookState.OPEN.value, closed_at=None, closed_by="", close_ground=""
    )
    record_all(Fact.BOOK_REOPENED, told, actor=actor, at=now)
    return dict(Counter(book.unit_id for book in books))
