"""Register books and documents under way when their organ ends.

What an organ did not issue while it lived it never issues: the successor drafts anew, in its own name and with its own
numbers. Books of the old organ are closed with their last number; the successor's begin at 01 with its first entry.
"""

import uuid
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Count as Number
from django.utils.translation import gettext_lazy as _

from documents.models import Document, RegisterBook
from documents.operations.ended_books import close_books_of_ended
from documents.operations.route import call_off
from documents.registers.states import BookState
from documents.states import UNDER_WAY, DocumentState
from documents.wording import STATES
from portal.events.actors import Actor, System
from portal.isolation import scope
from units.handovers import Applied, Blocker, Count, Cure, Finding, Move, Preview, Reorganisation, Words

OPEN = sorted(state.value for state in {*UNDER_WAY, DocumentState.DRAFT})
READY = frozenset({DocumentState.SIGNED.value, DocumentState.NUMBERED.value, DocumentState.SEALED.value})


class Documents:
    """Nothing moves: both end with their organ, so neither is conserved."""

    name, order = "documents", 20
    words = Words(
        things={"document": _("documents under way"), "register-book": _("open register books")},
        states={str(state): label for state, label in STATES.items()},
        blockers={
            "documents-under-way": Cure(
                _("%(unit)s has %(number)s documents that are not issued"),
                _("Issue them before the day; else they are called off, and its successor drafts anew."),
            ),
            "documents-signed": Cure(
                _("%(unit)s has %(number)s signed documents that are not issued"),
                _("Number, seal and issue them before the day: nobody can afterwards."),
            ),
        },
        findings={
            "document-under-way": _("%(number)s documents of %(unit)s, which has ended, are still under way"),
            "book-open": _("%(number)s register books of %(unit)s, which has ended, are still open"),
        },
    )

    def count(self, units: Collection[int]) -> Iterator[Count]:
        found = _under_way(units).order_by().values_list("unit_id", "state", "drafted_by").annotate(number=Number("id"))
        with scope(units=units):
            rows = list(found.order_by("unit_id", "state", "drafted_by"))
        for unit_id, state, drafter, number in rows:
            yield Count("document", unit_id, number, state, _user(drafter), conserved=False)
        for unit_id, number in _open_books(units).items():
            yield Count("register-book", unit_id, number, "open", conserved=False)

    def preview(self, act: Reorganisation) -> Preview:
        counts = list(self.count(act.ending))
        blockers = []
        for code, ready in (("documents-signed", True), ("documents-under-way", False)):
            by_unit: dict[int, int] = {}
            for each in counts:
                if each.what == "document" and (each.state in READY) is ready:
                    by_unit[each.unit_id] = by_unit.get(each.unit_id, 0) + each.number
            blockers += [Blocker(code, unit_id, number, stops=False) for unit_id, number in sorted(by_unit.items())]
        return Preview(counts, blockers)

    def hold(self, act: Reorganisation) -> None:
        """Nothing of these is conserved."""

    def apply(self, act: Reorganisation, *, now: datetime, actor: Actor) -> Applied:
        moves = []
        with scope(units=act.ending):
            for pk, unit_id, state in list(_under_way(act.ending).order_by("id").values_list("id", "unit_id", "state")):
                reason = f"{act.legal_no}"
                call_off(document_id=pk, reason=reason, actor=System.REORGANISATION, now=now)
                moves.append(Move("document", unit_id, None, 1, state))
        closed = close_books_of_ended(unit_ids=act.ending, actor=System.REORGANISATION, now=now)
        moves += [Move("register-book", unit_id, None, number, "open") for unit_id, number in sorted(closed.items())]
        return Applied(moves)

    def place(self, subject: tuple[str, str], *, from_unit: int, to_unit: int, now: datetime, actor: Actor) -> None:
        """Nothing of these is ever undecided."""

    def verify(self, act: Reorganisation) -> Iterable[Finding]:
        with scope(units=act.ending):
            left = list(_under_way(act.ending).order_by().values_list("unit_id").annotate(number=Number("id")))
        found = [Finding("document-under-way", unit_id, number) for unit_id, number in sorted(left)]
        return found + [Finding("book-open", unit_id, number) for unit_id, number in _open_books(act.ending).items()]


def _under_way(units: Collection[int]) -> Any:
    return Document.objects.filter(unit_id__in=list(units), state__in=OPEN)


def _open_books(units: Collection[int]) -> dict[int, int]:
    books = RegisterBook.objects.filter(unit_id__in=list(units), state=BookState.OPEN).order_by()
    return dict(sorted(books.values_list("unit_id").annotate(number=Number("id"))))


def _user(actor: str) -> uuid.UUID | None:
    return uuid.UUID(actor.removeprefix("user:")) if actor.startswith("user:") else None
