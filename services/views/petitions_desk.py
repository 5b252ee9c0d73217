"""Petitions before the officers who handle them: the inbox by due moment, one of them, and writing one down."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.models import User
from portal.accounts.once import sent_once
from portal.calendar import remaining
from portal.calendar.loading import load
from portal.events import viewed
from portal.ui.wording import deadline
from services.errors import ServicesError
from services.forms.petitions import InboxFilter
from services.models import EntryType, Petition, PetitionEntry
from services.models.petitions import PetitionQuerySet
from services.operations.petition_moving import people
from services.operations.petition_work import receive_petition
from services.petition_links import token_of
from services.petition_policies import petition_abilities
from services.petition_states import PetitionState
from services.queries.petitions import (
    Followed,
    PetitionWish,
    as_officer_sees,
    counts_by_state,
    inbox,
    units_with_right,
)
from services.queries.work import names_of
from services.states import Capability
from services.views.desk_access import officer_of
from services.views.petition_access import handler_of, visible_petition
from services.views.petition_deeds import DEEDS, refused_page
from services.views.petition_sending import Sending
from services.wording_petitions import CLOCKS, STANDINGS, standing_of, type_in_words
from staff.policies import today

SIZE = 25
TABS = (
    PetitionState.WAITING,
    PetitionState.FORWARDED,
    PetitionState.PROCESSING,
    PetitionState.SUPPLEMENT,
    PetitionState.ANSWERED,
)
KEYS = {"answer": "t", "ask": "b", "refuse": "x", "forward": "c", "publish": "p", "assign": "g", "note": "n"}


@never_cache
@require_safe
def petition_inbox(request: HttpRequest) -> HttpResponse:
    user, units = handler_of(request)
    now, form = timezone.now(), InboxFilter(request.GET)
    valid = form.is_valid()
    said = form.cleaned_data if valid else {}
    wish = _wish(said)
    page = Paginator(inbox(user, units, wish, now), SIZE).get_page(request.GET.get("page", "1")[:6])
    context = {
        "form": form,
        "page_obj": page,
        "rows": lines(list(page.object_list), now),
        "tabs": _tabs(user, units, wish.state),
        "asked": any(said.values()),
        "may_write": bool(units_with_right(user, Capability.PETITION_FILE, today())),
    }
    return render(request, "services/petitions/inbox.html", context, status=200 if valid else 400)


def _wish(said: dict[str, Any]) -> PetitionWish:
    return PetitionWish(
        state=said.get("trang_thai", ""),
        kind=said.get("loai", ""),
        mine=said.get("cua", False),
        late=said.get("tre", False),
        text=said.get("q", ""),
    )


def listed(request: HttpRequest) -> PetitionQuerySet:
    """The whole list of the page, for a file."""
    user, units = handler_of(request)
    form = InboxFilter(request.GET)
    return inbox(user, units, _wish(form.cleaned_data if form.is_valid() else {}), timezone.now())


def _tabs(user: User, units: list[int], chosen: str) -> list[tuple[str, str, bool]]:
    number, url = counts_by_state(user, units), reverse("services:petition-inbox")
    return [
        (f"{STANDINGS[state].phase} ({number[state]})", f"{url}?trang_thai={state}", chosen == state) for state in TABS
    ]


def lines(found: list[Petition], now: Any) -> list[dict[str, Any]]:
    moments = [row.next_due_at for row in found if row.next_due_at] or [now]
    first, last = localdate(min(now, *moments)), localdate(max(now, *moments))
    units = sorted({row.responsible_unit_id for row in found})
    calendars = {unit: load(unit, first=first, last=last) for unit in units}
    names = names_of({row.handler_id for row in found}, 0)
    return [
        {
            "url": reverse("services:petition", args=[row.pk]),
            "name": row.reference,
            "text": row.text,
            "type": type_in_words(row.kind),
            "standing": standing_of(row.state),
            "holder": names.get(row.handler_id, ""),
            "repeats": row.repeat_of_id is not None,
            "due_at": row.next_due_at,
            "deadline": deadline(remaining(now=now, due=row.next_due_at, calendar=calendars[row.responsible_unit_id]))
            if row.next_due_at
            else None,
        }
        for row in found
    ]


@never_cache
@require_safe
def petition(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    user, found = visible_petition(request, pk)
    now = timezone.now()
    purpose = str(_("handling a petition"))
    viewed(found, actor=user, unit=found.responsible_unit_id, purpose=purpose, at=now, concerns=people(found))
    seen = as_officer_sees(found)
    names = names_of({found.handler_id, found.assisted_by_id, *(row.author_id for row in seen.entries)}, 0)
    offered = petition_abilities(user, found)
    context = {
        "petition": found,
        "standing": standing_of(found.state),
        "type": type_in_words(found.kind),
        "rows": _rows(found, seen, names),
        "contact": found.contact,
        "files": [row.file for row in found.files.select_related("file").order_by("id")[:50]],
        "entries": [_line(entry, seen, names) for entry in seen.entries],
        "clocks": [(CLOCKS[row.kind], row, row.is_late(now)) for row in seen.clocks],
        "deeds": [
            (deed.title, reverse(f"services:petition-{name}", args=[found.pk]), KEYS.get(name, ""))
            for name, deed in DEEDS.items()
            if offered[deed.ability]
        ],
        "may_receive": offered["receive"],
        "publication": seen.publication,
        "is_late": bool(found.next_due_at and found.next_due_at < now),
    }
    return render(request, "services/petitions/petition.html", context)


def _rows(found: Petition, seen: Followed, names: dict[object, str]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        {"key": _("Type"), "value": type_in_words(found.kind)},
        {"key": _("Unit"), "value": seen.units.get(found.responsible_unit_id, ""), "lang": "vi"},
        {"key": _("Handled by"), "value": names.get(found.handler_id, "") or _("nobody yet")},
        {"key": _("How it came"), "value": found.get_channel_display()},
    ]
    if found.about_officer:
        rows.append({"key": _("About the officer"), "value": found.about_officer, "lang": "vi"})
    if found.dossier_code:
        rows.append({"key": _("About the dossier"), "value": found.dossier_code})
    if found.procedure:
        rows.append({"key": _("About the procedure"), "value": found.procedure.code})
    for label, other in ((_("Repeats"), found.repeat_of), (_("Joined to"), found.merged_into)):
        if other is not None:
            rows.append({"key": label, "value": other.reference, "link": reverse("services:petition", args=[other.pk])})
    if found.rated_at:
        rows.append({"key": _("Satisfied with the answer"), "value": f"{found.score}/5", "source": found.opinion})
    return rows


def _line(entry: PetitionEntry, seen: Followed, names: dict[object, str]) -> dict[str, Any]:
    by = names.get(entry.author_id, "") or seen.units.get(entry.unit_id, "")
    if entry.type == EntryType.SUPPLEMENT:
        by = _("whoever sent it")
    title, note = str(EntryType(entry.type).label).capitalize(), "" if entry.text == "-" else entry.text
    if entry.to_unit_id:
        title = _("Forwarded to %(unit)s") % {"unit": seen.units.get(entry.to_unit_id, "")}
    return {"title": title, "at": entry.written_at, "by": by, "note": note}


@never_cache
@require_POST
def receive(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    user, found = visible_petition(request, pk)
    try:
        receive_petition(petition=found, actor=user, now=timezone.now())
    except ServicesError as refusal:
        return refused_page(request, found, refusal)
    messages.success(request, _("You handle this petition now."))
    return redirect("services:petition", found.pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def petition_desk(request: HttpRequest) -> HttpResponse:
    """Somebody tells it at the desk or on the phone; the page after it shows code and PIN to hand over."""
    user = officer_of(request)
    units = units_with_right(user, Capability.PETITION_FILE, today())
    if not units:
        raise PermissionDenied(_("Petitions are written down by officers of the one-stop desk."))
    sending = Sending(request, initial={"unit": {"unit": units[0]}}, desk=units[0])
    if request.method == "POST" and (sent := sending.send()) is not None:
        return redirect("services:petition-follow", token_of(sent.pk, fresh=True))
    return sending.page("services/petitions/desk.html")
