"""Papers of an act that the floors above keep: the file of its resolution, the report on what it did.

They register a source when they start; the page of the act shows what each says to this reader.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from units.models import ReorgEvent
from units.policies import Asker


@dataclass(frozen=True, slots=True)
class Paper:
    """One line beside the act, as `components/summary_list.html` draws it. `url`, `action`: what may be done there."""

    key: str
    value: str
    link: str = ""
    source: str = ""
    tag: str = ""
    url: str = ""
    action: str = ""


Source = Callable[[ReorgEvent, Asker], Iterable[Paper]]
_sources: dict[str, tuple[int, Source]] = {}


def register(name: str, source: Source, *, order: int = 100) -> None:
    """Called in AppConfig.ready; saying the same twice changes nothing."""
    _sources[name] = (order, source)


def papers(act: ReorgEvent, user: Asker) -> list[Paper]:
    ordered = sorted(_sources.items(), key=lambda entry: (entry[1][0], entry[0]))
    return [paper for _name, (_order, source) in ordered for paper in source(act, user)]
