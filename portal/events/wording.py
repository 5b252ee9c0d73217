"""Events in words. Each app says its own in `event_words.py`, which is read when the portal starts."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

VIEWED = ".viewed"
_words: dict[str, str | Promise] = {}
_details: dict[str, Callable[[Mapping[str, Any]], str]] = {}


def register(words: Mapping[str, str | Promise]) -> None:
    """Called by the apps' `event_words`; a name belongs to one app only."""
    _words.update({str(name): text for name, text in words.items()})


def register_details(tellers: Mapping[str, Callable[[Mapping[str, Any]], str]]) -> None:
    """What the facts of an event add to its words, for the people whom it concerns."""
    _details.update({str(name): teller for name, teller in tellers.items()})


def details_in_words(name: str, facts: Mapping[str, Any]) -> str:
    """Empty for events whose words say all."""
    teller = _details.get(name)
    return teller(facts) if teller else ""


def registered() -> frozenset[str]:
    return frozenset(_words)


def event_in_words(name: str, *, purpose: str = "") -> str:
    """What happened, as a phrase. A name of a release long ago, which nobody explains any more, stays as it is."""
    if name.endswith(VIEWED):
        return _("Your data were looked at. Purpose: %(purpose)s") % {"purpose": purpose}
    return str(_words.get(name, name))


def actor_in_words(actor: str, *, own: str) -> str:
    """Who did it, without a name: `own` is the actor text of the person who reads."""
    if actor == own:
        return _("by you")
    if actor.startswith("system:"):
        return _("by the portal itself")
    return _("by an officer") if actor.startswith("user:") else _("by somebody who was not signed in")
