"""Register books and documents under way when their organ ends.

What an organ did not issue while it lived it never issues: the successor drafts anew, in its own name and with its own
numbers. Books of the old organ are closed with their last number; the successor's begin at 01 with its first entry.
"""

import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Count as Number
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from documents.models import Certificate, Document, RegisterBook, RegisterEntry
from documents.operations.ended_books import close_books_of_ended, reopen_books
from documents.operations.route import call_off
from documents.queries.act_files import file_of_act
from documents.registers.states import BookState
from documents.signing.kinds import Holder
from documents.states import UNDER_WAY, DocumentState, FileState
from documents.wording import STATES
from portal.events.actors import Actor, System
from portal.isolation import scope
from units.handovers import Applied, Blocker, Count, Cure, Finding, Move, Preview, Reorganisation, Words
from units.models import ReorgEvent, ReorgProof
from units.operations.steps import unit_of

OPEN = sorted(state.value for state in {*UNDER_WAY, DocumentState.DRAFT})
MOST_FOUND = 1000
READY = frozenset({DocumentState.SIGNED.value, DocumentState.NUMBERED.value, DocumentState.SEALED.value})


class Documents:
    """Nothing moves: both end with their organ, so neither is conserved."""

    name, order = "documents", 20
    words = Words(
        things={"document": _("documents under way"), "register-book": _("open register books")},
        states={str(state): label for state, label in STATES.items()} | {BookState.OPEN.value: ""},
        blockers={
            "documents-under-way": Cure(
                _("%(unit)s has %(number)s documents that are not issued"),
                _("Issue them before the day; else they are called off, and its successor drafts anew."),
            ),
            "documents-signed": Cure(
                _("%(unit)s has %(number)s signed documents that are not issued"),
                _("Number, seal and issue them before the day: nobody can afterwards."),
            ),
            "no-seal": Cure(
                _("%(unit)s takes over a unit that seals electronically, and has no certificate of its own"),
                _("Request one for it and register it once the act is scheduled; without it nothing can be sealed."),
            ),
            "numbered-after-end": Cure(
                _("%(unit)s has given %(number)s numbers on the day of the act already"),
                _("Let the act take effect on a later day; else its report names them."),
            ),
            "act-file-wanting": Cure(
                _("Only the digest of the resolution's file is known"),
                _("Send the file itself, so that everybody who sees the act can read it."),
            ),
            "act-file-waiting": Cure(
                _("The resolution's file is still being scanned for viruses"), _("Simulate again in a moment.")
            ),
            "act-file-refused": Cure(
                _("A virus was found in the resolution's file"), _("Send a clean file in its place.")
            ),
        },
        findings={
            "document-under-way": _("%(number)s documents of %(unit)s, which has ended, are still under way"),
            "book-open": _("%(number)s register books of %(unit)s, which has ended, are still open"),
            "number-after-end": _("%(number)s numbers were given in the books of %(unit)s after it had ended"),
            "number-twice": _("%(number)s numbers stand twice in the books of %(unit)s"),
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
        late = _numbered_late(act).order_by().values_list("unit_id").annotate(number=Number("id"))
        blockers += [Blocker("numbered-after-end", unit_id, number, stops=False) for unit_id, number in sorted(late)]
        return Preview(counts, [*blockers, *_without_seal(act), *_about_file(act)])

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
        if act.corrects is not None:
            _give_back(act, act.corrects, now)
        return Applied(moves)

    def place(self, subject: tuple[str, str], *, from_unit: int, to_unit: int, now: datetime, actor: Actor) -> None:
        """Nothing of these is ever undecided."""

    def verify(self, act: Reorganisation) -> Iterable[Finding]:
        with scope(units=act.ending):
            left = list(_under_way(act.ending).order_by().values_list("unit_id").annotate(number=Number("id")))
        found = [Finding("document-under-way", unit_id, number) for unit_id, number in sorted(left)]
        found += [Finding("book-open", unit_id, number) for unit_id, number in _open_books(act.ending).items()]
        return found + _wrong_numbers(act)


def _give_back(act: Reorganisation, corrects: int, now: datetime) -> None:
    """Books of the units that the wrong act ended and that live again. They don't move: their events tell it."""
    wrong = ReorgEvent.objects.get(pk=corrects)
    ended = set(wrong.sources.values_list("old_id", flat=True))
    since = ReorgProof.objects.get(event=wrong).made_at
    reopen_books(unit_ids=ended, since=since, ground=act.legal_no, actor=System.REORGANISATION, now=now)


def _without_seal(act: Reorganisation) -> Iterator[Blocker]:
    with scope(units=act.ending | act.receiving):
        usable = Certificate.objects.usable(act.effective_on).filter(holder=Holder.ORGAN)
        sealing = set(usable.values_list("unit_id", flat=True))
    for unit in sorted({act.main_heir(old) or old for old in act.ending & sealing} - sealing):
        yield Blocker("no-seal", unit, stops=False, url=reverse("documents:certificates"))


def _about_file(seen: Reorganisation) -> Iterator[Blocker]:
    """Whoever signs must be able to read what is signed."""
    act = ReorgEvent.objects.get(pk=seen.act_id)
    if act.file_sha256 is None:
        return  # the engine says so itself
    file, unit, url = file_of_act(act), unit_of(act), reverse("documents:act-file", args=[act.pk])
    if file is None:
        yield Blocker("act-file-wanting", unit, stops=False, url=url)
    elif file.state == FileState.QUARANTINE:
        yield Blocker("act-file-waiting", unit, url=url)
    elif file.state == FileState.REFUSED:
        yield Blocker("act-file-refused", unit, url=url)


def _under_way(units: Collection[int]) -> Any:
    return Document.objects.filter(unit_id__in=list(units), state__in=OPEN)


def _open_books(units: Collection[int]) -> dict[int, int]:
    books = RegisterBook.objects.filter(unit_id__in=list(units), state=BookState.OPEN).order_by()
    return dict(sorted(books.values_list("unit_id").annotate(number=Number("id"))))


def _numbered_late(act: Reorganisation) -> Any:
    """Before an act that is entered on its very day, too. A unit that a correction ends has numbered until then."""
    rows = RegisterEntry.objects.filter(unit_id__in=sorted(act.ending), dated_on__gte=act.effective_on)
    if act.corrects is None:
        return rows
    ran = ReorgProof.objects.filter(event=act.act_id).values_list("made_at", flat=True).first()
    return rows.filter(recorded_at__gt=ran) if ran else rows.none()


def _wrong_numbers(act: Reorganisation) -> list[Finding]:
    """Old series end with their organ, new ones begin with theirs, and in none does a number stand twice."""
    late = _numbered_late(act)
    since = act.effective_on.year
    entries = RegisterEntry.objects.filter(unit_id__in=sorted(act.ending | act.receiving), year__gte=since)
    same = ("unit_id", "kind", "book__series", "year", "number")
    twice = entries.order_by().values(*same).annotate(times=Number("id")).filter(times__gt=1)
    sums: Counter[tuple[str, int]] = Counter()
    for unit_id in late.values_list("unit_id", flat=True)[:MOST_FOUND]:
        sums["number-after-end", unit_id] += 1
    for row in twice[:MOST_FOUND]:
        sums["number-twice", row["unit_id"]] += 1
    return [Finding(code, unit_id, number) for (code, unit_id), number in sorted(sums.items())]


def _user(actor: str) -> uuid.UUID | None:
    return uuid.UUID(actor.removeprefix("user:")) if actor.startswith("user:") else None
