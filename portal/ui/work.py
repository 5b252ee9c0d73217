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
class Row:
    """A line of a panel, as components/summary_list.html draws it. `source` stands below the value, `tag` behind it.

    `lang` names the language of a value that is not translated, such as the name of a unit.
    """

    key: str
    value: str
    link: str = ""
    source: str = ""
    tag: str = ""
    lang: str = ""


@dataclass(frozen=True)
class Panel:
    """Facts that somebody needs at hand: one's post, the day. `beside` puts it into the narrow column.

    `nothing` is said when there are no rows. `url` with `action` leads to all of it.
    """

    title: str
    rows: Sequence[Row] = ()
    nothing: str = ""
    url: str = ""
    action: str = ""
    beside: bool = False


@dataclass(frozen=True)
class Contribution:
    """`person`: how the page calls the one who looks."""

    counts: Sequence[Count] = ()
    items: Sequence[WorkItem] = ()
    cards: Sequence[Card] = ()
    panels: Sequence[Panel] = ()
    person: str = ""


Source = Callable[[HttpRequest], Contribution]
_sources: dict[str, tuple[int, Source]] = {}


def register(name: str, source: Source, *, order: int = 100) -> None:
    """Called in AppConfig.ready. The source gets the request of somebody signed in.

    It answers within five queries, with at most ITEMS_PER_SOURCE items, soonest due first.
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
        panels=[panel for part in found for panel in part.panels],
        person=next((part.person for part in found if part.person), ""),
    )
