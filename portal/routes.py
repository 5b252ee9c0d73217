"""Every address of the portal, read from the URLconf: who may open it, and what it needs."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation


@dataclass(frozen=True)
class Route:
    """One pattern of the URLconf. `name` is what reverse() takes, namespace included; empty when it has none."""

    name: str
    path: str
    view: Callable[..., Any]
    parameters: frozenset[str]

    @property
    def public(self) -> bool:
        """Open without signing in. REST views answer by their permission classes, pages by Django's middleware."""
        permissions = getattr(getattr(self.view, "cls", None), "permission_classes", None)
        if permissions is not None:
            return all(getattr(permission, "__name__", "") == "AllowAny" for permission in permissions)
        return not getattr(self.view, "login_required", True)

    @property
    def label(self) -> str:
        return self.name or self.path


def routes() -> list[Route]:
    """All of them, with the paths of the language that has no prefix."""
    with translation.override(settings.LANGUAGE_CODE):
        return list(_walk(get_resolver(), "", "", frozenset()))


def _walk(resolver: URLResolver, space: str, path: str, parameters: frozenset[str]) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        here = path + str(entry.pattern)
        needed = parameters | set(entry.pattern.regex.groupindex)
        if isinstance(entry, URLResolver):
            yield from _walk(entry, f"{space}{entry.namespace}:" if entry.namespace else space, here, needed)
        elif isinstance(entry, URLPattern):
            yield Route(f"{space}{entry.name}" if entry.name else "", here, entry.callback, needed)
