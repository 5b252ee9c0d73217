"""The six events of life that bring most people to the desk: what to know before going. Law is cited where it binds."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class LifeEvent:
    """`picture` is a partial in templates/components/pictures. `facts` are sentences, most useful first."""

    slug: str
    picture: str
    title: str | Promise
    summary: str | Promise
    where: str | Promise
    bring: tuple[str | Promise, ...]
    facts: tuple[str | Promise, ...]


LIFE_EVENTS = ()
