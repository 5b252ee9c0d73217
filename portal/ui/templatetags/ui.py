"""Filters and tags of the components: days and moments in words, addresses of list pages."""

from collections.abc import Iterator
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BoundField
from django.template import Context
from django.utils.text import Truncator

from portal.ui import list_files, wording

register = template.Library()
register.filter("day", wording.day)
register.filter("moment", wording.moment)
LONGEST_NAME = 60


@register.simple_tag(takes_context=True)
def page_url(context: Context, number: int, key: str = "") -> str:
    """The same list at another page; everything else in the address stays."""
    query = context["request"].GET.copy()
    query[key or "page"] = str(number)
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def list_file(context: Context) -> str:
    """Where the list of this page can be taken away as a file, if it can."""
    request = context.get("request")
    return list_files.address_of(request) if request else ""


@register.simple_tag
def elided_pages(page: Page[Any]) -> Iterator[int | str]:
    """1 … 4 5 6 … 20"""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


@register.simple_tag
def named_error(field: BoundField, error: str) -> str:
    """What is wrong, with the name of its field where the sentence leaves it out.

    A summary stands far from its fields.
    """
    name = str(field.label).strip().rstrip(":")
    if not name or name.casefold() in error.casefold():
        return error
    short = Truncator(name).chars(LONGEST_NAME)
    return f"{short} {error}" if short.endswith("?") else f"{short}: {error}"
