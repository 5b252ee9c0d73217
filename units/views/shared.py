"""What the public pages share: caching, addresses, pages of a list."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from portal.api.pagination import Cursor, Page, page
from portal.api.parameters import WrongError
from portal.ui.errors import Step, problem_page
from units.forms import DAY
from units.kinds import Level
from units.queries import UnknownUnit

View = Callable[..., HttpResponse]
MAX_AGE = 300  # seconds
PAGE_SIZE = 50
CURSOR = "trang"


def public_page(view: View) -> View:
    """Anybody may read it, and caches may keep what a visitor without sign-in sees for a few minutes."""

    @login_not_required
    @require_safe
    @conditional_page
    @wraps(view)
    def wrapped(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, **kwargs)
        except UnknownUnit as unknown:
            return no_such_unit(request, unknown.unit_id)
        except WrongError:
            return wrong_page(request)
        patch_vary_headers(response, ["Cookie", "Save-Data"])
        if response.status_code == 200 and not request.user.is_authenticated:
            patch_cache_control(response, public=True, max_age=MAX_AGE)
        else:
            patch_cache_control(response, private=True, no_store=True)
        return response

    return wrapped


def show(request: HttpRequest, template: str, context: Mapping[str, Any], *, wrong: bool = False) -> HttpResponse:
    return render(request, template, dict(context), status=400 if wrong else 200)


def no_such_unit(request: HttpRequest, unit_id: int) -> HttpResponse:
    return problem_page(
        request,
        404,
        _("There is no such unit"),
        _("No administrative unit has the number %(id)d in this portal.") % {"id": unit_id},
        [
            Step(_("Search for the unit by its name"), reverse("units:tree")),
            Step(_("Find out what your old commune is now"), reverse("units:resolve")),
        ],
    )


def wrong_page(request: HttpRequest) -> HttpResponse:
    return problem_page(
        request,
        400,
        _("This page of the list does not exist"),
        _("The address of the page was changed, or belongs to another list."),
        [Step(_("Go to the first page of the list"), address(request.path, request.GET, **{CURSOR: ""}))],
    )


def address(path: str, query: Mapping[str, Any] | None = None, /, **changes: str) -> str:
    """`path` with the query and the changes to it; what is empty is left out."""
    merged = {key: value for key, value in {**dict((query or {}).items()), **changes}.items() if value}
    return f"{path}?{urlencode(merged)}" if merged else path


def day_query(on: date) -> str:
    """The day to carry along in links; nothing for today, so that addresses stay short and cacheable."""
    return "" if on == timezone.localdate() else on.isoformat()


def unit_url(unit_id: int, on: date) -> str:
    return address(reverse("units:card", kwargs={"pk": unit_id}), **{DAY: day_query(on)})


def sheet_url(on: date, *, parent: int | None = None, level: Level | None = None) -> str:
    """The same list as CSV."""
    filters = {"parent": str(parent or ""), "level": str(level or ""), "on": on.isoformat()}
    return address(reverse("api:units:sheet"), **filters)


def cursor_of(request: HttpRequest, selection: str) -> Cursor | None:
    """Where the page begins. Raises WrongError for a cursor that isn't ours, or belongs to another list."""
    text = request.GET.get(CURSOR, "")
    cursor = Cursor.decode(text[:1000]) if text else None
    if cursor and cursor.selection != selection:
        raise WrongError("cursor-invalid", "")
    return cursor


def page_of(request: HttpRequest, rows: QuerySet[Any], *, selection: str) -> Page:
    """One page of unit versions, by the alphabet. `selection` names the list."""
    cursor = cursor_of(request, selection)
    return page(rows, keys=("sort_key", "id"), limit=PAGE_SIZE, cursor=cursor, selection=selection)


def page_urls(request: HttpRequest, found: Page) -> dict[str, str]:
    """For components/pagination.html."""

    def url(cursor: Cursor | None) -> str:
        return address(request.path, request.GET, **{CURSOR: cursor.encode()}) if cursor else ""

    return {"previous_url": url(found.prev), "next_url": url(found.next)}
