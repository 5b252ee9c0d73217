"""The handovers that the apps registered, in the order of the floors."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from portal.events.actors import Actor
from units.handovers.values import Count, Handover, Telling, Told

_registered: dict[str, Handover] = {}


class AlreadyRegisteredError(ValueError):
    def __init__(self, name: str) -> None:
        super().__init__(f"Two handovers call themselves {name}.")


def register(handover: Handover) -> None:
    """Called in AppConfig.ready. The same object twice is no harm."""
    if _registered.setdefault(handover.name, handover) is not handover:
        raise AlreadyRegisteredError(handover.name)


def all_handovers() -> list[Handover]:
    return sorted(_registered.values(), key=lambda each: (each.order, each.name))


def may_end(handover: Handover) -> bool:
    """Whether what it counts may end with a unit that has no successor, as a place does; work may not."""
    return bool(getattr(handover, "may_end", False))


def standing(handover: Handover, units: Collection[int]) -> Iterable[Count]:
    """Who and what is at units to come already."""
    counted: Callable[[Collection[int]], Iterable[Count]] = getattr(handover, "standing", handover.count)
    return counted(units)


def handover(name: str) -> Handover | None:
    """None for a name that an older proof knows and no app answers to any more."""
    return _registered.get(name)


def told_of(
    name: str, subjects: Collection[tuple[str, str]], *, reader: Actor, now: datetime
) -> Mapping[tuple[str, str], Told]:
    """Of what the reader may see; the rest is shown by its number."""
    found = _registered.get(name)
    return found.tell(subjects, reader=reader, now=now) if isinstance(found, Telling) else {}


@contextmanager
def registered(*handovers: Handover) -> Iterator[None]:
    """Only these, for a while: for tests of the engine, and of one app alone."""
    before = dict(_registered)
    _registered.clear()
    try:
        for each in handovers:
            register(each)
        yield
    finally:
        _registered.clear()
        _registered.update(before)
