"""The register books of organs that a reorganisation ends, all at once."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from documents.models import RegisterBook
from documents.registers.errors import UnitAliveError
from documents.registers.states import BOOK_TRANSITIONS, BookAction, CloseGround
from portal.events import Told, record_all
from portal.events.actors import System
from units.models import UnitVersion

BATCH = 500


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
    told = []
    for book in books:
        before, book.state = book.state, target or book.state
        book.closed_at, book.closed_by, book.close_ground = now, actor.event_actor, CloseGround.REORGANISATION.value
        facts = {"ground": book.close_ground, "last_number": book.last_number, "head": book.head_hash}
        told.append(Told(book, book.unit_id, before=before, after=book.state, facts=facts))
    RegisterBook.objects.bulk_update(books, ["state", "closed_at", "closed_by", "close_ground"], batch_size=BATCH)
    record_all(fact, told, actor=actor, at=now)
    return dict(Counter(book.unit_id for book in books))
