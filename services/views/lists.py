"""The list of dossiers with filter, order and columns in its address; saved filters; the list as a file."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.accounts.models import User
from portal.accounts.once import sent_once
from portal.api.tables import MOST_ROWS, Column, Row
from portal.ui.wording import moment
from services.batch_checks import deeds_of
from services.columns import FIELDS, STANDARD, Names, columns_of, picked
from services.errors import ServicesError
from services.forms.lists import ExportForm, ListFilter, SaveFilterForm, hidden_of, query_of
from services.list_files import HEAVY, MOST_PRINTED, Wish, exported, too_many
from services.models import Dossier, SavedFilter
from services.models.dossiers import DossierQuerySet
from services.operations.lists import remove_filter, save_filter
from services.policies import may_keep_filter
from services.queries import lists as queries
from services.queries.dossiers import procedures_of
from services.queries.lists import Choice, chosen, holders_of, units_listed, with_steps
from services.queries.saved import saved_filters_of, units_to_keep
from services.queries.work import units_of_work
from services.states import State
from services.views.desk import calendars_for, left
from services.views.desk_access import officer_of
from services.wording_desk import COLOURS
from services.wording_lists import DEEDS

SIZE = 50
MOST_TABS = 12
RARE = ("giai_doan", "buoc", "kenh", "vai", "don_vi", "nop_tu", "nop_den", "han_tu", "han_den")


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks, and what the address says. `query` is the address without its path, in its one form."""

    user: User
    units: list[int]
    form: ListFilter
    choice: Choice
    keys: list[str]
    now: datetime
    is_valid: bool
    ticked: list[uuid.UUID]

    @property
    def query(self) -> str:
        return query_of(self.choice, self.keys)

    def found(self) -> DossierQuerySet:
        return with_steps(chosen(self.user, self.choice, self.now))

    def chosen_rows(self) -> DossierQuerySet:
        """What is ticked, or everything that matches when nothing is."""
        return self.found().filter(pk__in=self.ticked) if self.ticked else self.found()


def ask(request: HttpRequest) -> Asked:
    """Raises Http404 and PermissionDenied. A filter that says nothing sensible chooses everything, and says so."""
    user, now = officer_of(request), timezone.now()
    on = localdate(now)
    units = units_listed(user, on)
    if not units:
        raise PermissionDenied(_("The list of dossiers is shown to officers whose post lets them see dossiers."))
    known = columns_of(Names(now))
    form = ListFilter(
        request.GET,
        people=[(str(key), name) for key, name in holders_of(user, on)],
        procedures=procedures_of(units),
        units=queries.names_of_units(units, on).items(),
        columns=[(key, column.title) for key, column in known.items() if key != "dossier"],
    )
    valid = form.is_valid()
    choice = form.choice() if valid else Choice()
    return Asked(user, units, form, choice, form.columns() if valid else [], now, valid, _ticked(request))


def _ticked(request: HttpRequest) -> list[uuid.UUID]:
    """What was ticked on the page, nothing where all are meant. Raises Http404 for anything that is no key."""
    if "ca" in request.GET:
        return []
    try:
        return [uuid.UUID(key) for key in request.GET.getlist("chon")[:SIZE]]
    except ValueError as wrong:
        raise Http404 from wrong


@never_cache
@require_GET
def dossier_list(request: HttpRequest) -> HttpResponse:
    asked = ask(request)
    page = Paginator(asked.found().defer(*HEAVY), SIZE).get_page(request.GET.get("page", "1")[:6])
    known = columns_of(_names(page.object_list, asked.now))
    columns = picked(asked.keys, known)
    address, saved = reverse("services:list"), saved_filters_of(asked.user)[:MOST_TABS]
    context = {
        "form": asked.form,
        "page_obj": page,
        "columns": columns,
        "rows": _lines(page, columns, asked),
        "query": asked.query,
        "asked": bool(asked.query),
        "more": any(asked.form.data.get(name) for name in RARE),
        "tabs": [(one.name, f"{address}?{one.query}", one.query == asked.query) for one in saved],
        "address": address,
        "hidden": hidden_of(asked.query),
        "deeds": _deeds(asked),
    }
    return render(request, "services/lists/list.html", context, status=200 if asked.is_valid else 400)


def _deeds(asked: Asked) -> list[tuple[str, str]]:
    """What can be done with many of them, by what this person's posts bring."""
    found = [(deed.value, str(DEEDS[deed])) for deed in deeds_of(asked.user, asked.now)]
    if asked.user.has_perm("documents.document.sign"):
        found.append(("sign", _("Sign the results")))
    return found


def _names(found: Iterable[Dossier], now: datetime) -> Names:
    rows = list(found)
    officers = queries.names_of_officers(row.holder_id for row in rows)
    units = queries.names_of_units({unit for row in rows for unit in row.unit_ids()}, localdate(now))
    return Names(now, officers, units)


def _lines(page: Page[Dossier], columns: list[Column], asked: Asked) -> list[dict[str, Any]]:
    found: list[Any] = list(page.object_list)
    calendars = calendars_for(found, asked.now)
    working = set(units_of_work(asked.user, localdate(asked.now)))
    lines = []
    for one in found:
        row = {name: getattr(one, name) for name in FIELDS}
        mine = one.step_id if one.competent_unit_id in working else None
        lines.append(
            {
                "id": one.pk,
                "url": reverse("services:work-item", args=[mine]) if mine else _desk(one),
                "name": str(one),
                "cells": [(column, _shown(column, row)) for column in columns[1:]],
                "colour": COLOURS.get(State(one.state), "grey"),
                "deadline": left(one, asked.now, calendars.get(one.responsible_unit_id)),
            }
        )
    return lines


def _desk(dossier: Dossier) -> str:
    return reverse("services:desk-dossier", args=[dossier.pk])


def _shown(column: Column, row: Row) -> str:
    value = column.cell(row)
    return moment(value) if isinstance(value, datetime) else str(value or "")


# --- Saved filters ----------------------------------------------------------------------------------------------------


@never_cache
@require_GET
def filters(request: HttpRequest) -> HttpResponse:
    user = officer_of(request)
    rows = [(row, row.owner_id == user.pk or may_keep_filter(user, row.unit_id)) for row in saved_filters_of(user)]
    units = queries.names_of_units({row.unit_id for row, _may in rows if row.unit_id}, localdate())
    context = {"rows": [(row, units.get(row.unit_id or 0, ""), may) for row, may in rows]}
    return render(request, "services/lists/filters.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def filter_saving(request: HttpRequest) -> HttpResponse:
    """The list of the address gets a name."""
    asked = ask(request)
    units = queries.names_of_units(units_to_keep(asked.user, localdate(asked.now)), localdate(asked.now))
    pairs = [(str(key), _("For everybody at %(unit)s") % {"unit": name}) for key, name in units.items()]
    form = SaveFilterForm(request.POST if request.method == "POST" else None, units=pairs)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                save_filter(
                    name=form.cleaned_data["name"], query=asked.query, unit_id=form.unit(), actor=asked.user,
                    now=asked.now,
                )  # fmt: skip
            except ServicesError as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("The filter was saved."))
                return redirect(f"{reverse('services:list')}?{asked.query}")
    return render(request, "services/lists/filter_saving.html", {"form": form, "query": asked.query}, status=status)


@never_cache
@require_POST
def filter_removal(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    user = officer_of(request)
    saved = get_object_or_404(SavedFilter, pk=pk)
    try:
        remove_filter(saved=saved, actor=user, now=timezone.now())
    except ServicesError as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    messages.success(request, _("The filter was removed. The list itself stays as it is."))
    return redirect("services:list-filters")


# --- The list as a file -----------------------------------------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def export(request: HttpRequest) -> HttpResponseBase:
    asked = ask(request)
    known = columns_of(Names(asked.now))
    number = asked.chosen_rows().count()
    form = ExportForm(
        request.POST if request.method == "POST" else None,
        columns=[(key, column.title) for key, column in known.items()],
        picked=asked.keys or STANDARD,
        personal=frozenset(key for key, column in known.items() if column.is_personal),
    )
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            said = form.cleaned_data
            if refusal := too_many(number, said["format"]):
                form.add_error("format", refusal)
            else:
                wish = Wish(asked.choice, said["cot"], said["format"], said["purpose"], asked.ticked)
                return exported(asked.user, wish, asked.now)
    context = {"form": form, "query": asked.query, "number": number, "most": MOST_ROWS, "printed": MOST_PRINTED}
    return render(request, "services/lists/export.html", context, status=status)
