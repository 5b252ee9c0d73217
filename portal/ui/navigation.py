"""The navigation of each audience: apps add their items when they start, the base pages draw them."""

from dataclasses import dataclass, replace
from enum import StrEnum

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise


class Audience(StrEnum):
    CITIZEN = "citizen"
    OFFICER = "officer"
    ADMIN = "admin"
    PERSON = "person"  # right in the header, on every page: sign-in, account, sign-out
    FOOTER = "footer"


@dataclass(frozen=True)
class Item:
    """One link. `signed_in`: only for people signed in (True), only for others (False), for all (None).

    `post` makes it a form with a button, for deeds such as signing out. `needs` names a capability the user must have,
    or several of which one is enough.
    """

    audience: Audience
    label: str | Promise
    url_name: str
    order: int = 100
    signed_in: bool | None = None
    post: bool = False
    needs: str | tuple[str, ...] = ""


@dataclass(frozen=True)
class Link:
    """An item as one page shows it. `current` is the value of aria-current: "page", "true" (same section) or empty."""

    label: str | Promise
    url: str
    current: str
    post: bool


_items: set[Item] = set()
_homes: dict[str, str] = {}  # a page -> the item that it belongs to, where that is one of another app


def register(*items: Item) -> None:
    """Called in AppConfig.ready; saying the same twice changes nothing."""
    _items.update(items)


def belongs(page: str, item: str) -> None:
    """Both are names of addresses, with their app."""
    _homes[page] = item


def registered() -> list[Item]:
    return sorted(_items, key=lambda item: (item.audience, item.order, item.url_name))


def links(audience: Audience, request: HttpRequest, *, stranger: bool = False) -> list[Link]:
    """The links of one audience in their order, without those this visitor has no use for.

    `stranger`: nobody asks who the visitor is, because neither session nor database may be touched.
    """
    match = request.resolver_match
    here, section = (match.view_name, match.namespace) if match else ("", "")
    found = []
    for item in registered():
        if item.audience != audience or not _is_for(item, None if stranger else request):
            continue
        try:
            url = reverse(item.url_name)
        except NoReverseMatch:  # an app that is installed without its pages; tests/ui asks that there be none
            continue
        if here in _homes:
            same_section = item.url_name == _homes[here]
        else:
            same_section = section not in {"", "ui"} and item.url_name.startswith(f"{section}:")
        current = "page" if item.url_name == here else "true" if same_section else ""
        found.append(Link(label=item.label, url=url, current=current, post=item.post))
    is_listed = any(link.current == "page" for link in found)
    above = [link.url for link in found if link.current == "true" and request.path.startswith(link.url)]
    nearest = "" if is_listed else max(above, key=len, default=None)
    if nearest is None:  # pages of the section that lie under none of its links belong to its first
        nearest = next((link.url for link in found if link.current == "true"), "")
    return [replace(link, current="") if link.current == "true" and link.url != nearest else link for link in found]


def _is_for(item: Item, request: HttpRequest | None) -> bool:
    if item.signed_in is None and not item.needs:
        return True  # without touching the session: public pages stay cacheable
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    if item.signed_in is not None and item.signed_in != signed_in:
        return False
    if not item.needs:
        return True
    needs = (item.needs,) if isinstance(item.needs, str) else item.needs
    return signed_in and user is not None and any(user.has_perm(need) for need in needs)
