"""Việc của tôi: one list of work. Apps add a source when they start; the page draws what each says of this visitor."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.utils.functional import Promise

from portal.ui.wording import Deadline

ITEMS_PER_SOURCE = 25


@dataclass(frozen=True)
class Count:
    """A figure with the list behind it. `late` colours it red; the words say it too."""

    label: str | Promise
    number: int
    url: str
    late: bool = False


@dataclass(frozen=True)
class WorkItem:
    """One thing to do."""

    title: str
    url: str
    kind: str
    due_at: datetime | None = None
    deadline: Deadline | None = None
    holder: str = ""


@dataclass(frozen=True)
class Card:
    """Something to know beside the list, such as one's own unit."""

    title: str
    text: str
    url: str


@dataclass(frozen=True)
class Contribution:
    counts: Sequence[Count] = ()
    items: Sequence[WorkItem] = ()
    cards: Sequence[Card] = ()


Source = Callable[[HttpRequest], Contribution]
_sources: dict[str, tuple[int, Source]] = {}


def register(name: str, source: Source, *, order: int = 100) -> None:
    """Called in AppConfig.ready. The source gets the request of somebody signed in.

    It answers within two queries, with at most ITEMS_PER_SOURCE items, soonest due first.
    """
    _sources[name] = (order, source)


def contributions(request: HttpRequest) -> Contribution:
    """Everything of all sources: counts and cards in the order of the sources, items by due moment."""
    found = [source(request) for _name, (_order, source) in sorted(_sources.items(), key=lambda entry: entry[1][0])]
    items = [item for part in found for item in part.items[:ITEMS_PER_SOURCE]]
    dated = sorted((item for item in items if item.due_at), key=lambda item: (item.due_at, item.url))
    return Contribution(
        counts=[count for part in found for count in part.counts],
        items=[*dated, *(item for item in items if item.due_at is None)],
        cards=[card for part in found for card in part.cards],
    )
