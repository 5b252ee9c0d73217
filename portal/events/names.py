"""Who an actor is, by name. The floor that knows people registers itself; below it, actors are ids."""

from collections.abc import Callable, Collection

Source = Callable[[Collection[str]], dict[str, str]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Called in AppConfig.ready. The source gets actors such as "user:<uuid>", and names those that it may."""
    if source not in _sources:
        _sources.append(source)


def names_of(actors: Collection[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for source in _sources:
        found |= source(actors)
    return found
