"""The citizen's own dossiers: the list, one of them, what was declared in it, its day for the calendar."""

import uuid
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.accounts.models import User
from portal.calendar import ics
from services.forms.desk import WordsForm
from services.forms.own import OwnFilter
from services.models import Dossier, Proof
from services.queries import own
from services.queries.own import Part
from services.queries.parts import papers_of
from services.queries.ratings import answered_replies
from services.views import desk_words
from services.views import own_words as words
from services.views.own_access import citizen_of, own_dossier
from services.wording_citizen import standing

AFTER = "sau"


@never_cache
@require_safe
def dossiers(request: HttpRequest) -> HttpResponse:
    """What needs the citizen first, then what is open, then what ended. `?phan=` shows one part by pages."""
    user = citizen_of(request)
    form = OwnFilter(request.GET)
    valid = form.is_valid()
    chosen, text = (form.cleaned_data["phan"], form.cleaned_data["q"]) if valid else ("", "")
    parts = [Part(chosen)] if chosen else list(Part)
    after = _after(request) if chosen else None
    sections = [_section(user, part, text, after=after, alone=bool(chosen)) for part in parts]
    context = {
        "form": form,
        "sections": [one for one in sections if one["rows"] or chosen],
        "asked": bool(chosen or text),
    }
    return render(request, "services/own/dossiers.html", context, status=200 if valid else 400)


def _after(request: HttpRequest) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.GET.get(AFTER, "")[:40])
    except ValueError:
        return None


def _section(user: User, part: Part, text: str, *, after: uuid.UUID | None, alone: bool) -> dict[str, Any]:
    size = own.SHORT if part is Part.CLOSED and not alone else own.SIZE
    rows, more = own.page_of(own.mine(user, part=part, text=text), after=after, size=size)
    asked = {"phan": part.value} | ({"q": text} if text else {})
    following = asked | ({AFTER: str(rows[-1].pk)} if alone and rows else {})
    return {
        "title": TITLES[part](),
        "rows": [words.line(row, user) for row in rows],
        "next_url": f"?{urlencode(following)}" if more and alone else "",
        "all_url": f"?{urlencode(asked)}" if more and not alone else "",
    }


TITLES = {
    Part.NEEDED: lambda: _("You have something to do"),
    Part.OPEN: lambda: _("Being worked on"),
    Part.CLOSED: lambda: _("Finished"),
}


@never_cache
@require_safe
def dossier(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    user = citizen_of(request)
    return show(request, user, own_dossier(user, pk))


def show(request: HttpRequest, user: User, found: Dossier, *, status: int = 200, **more: Any) -> HttpResponse:
    """The status page; a refused message stands where it was typed."""
    form = WordsForm(None, label=_("Message to the desk"), prefix="message")
    context = {**words.whole(found, user, timezone.now()), "form": form, "replies": answered_replies(found.pk), **more}
    return render(request, "services/own/dossier.html", context, status=status)


@never_cache
@require_safe
def content(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """What was declared, with the source of each answer, and how each paper is proven."""
    user = citizen_of(request)
    found = own_dossier(user, pk)
    context = {
        "dossier": found,
        "procedure": found.version.name_vi,
        "about": words.about(found, user),
        "sections": desk_words.sections(found),
        "papers": [{**one, "is_told": _is_told(one)} for one in desk_words.papers(found, papers_of(found))],
    }
    return render(request, "services/own/content.html", context)


def _is_told(paper: dict[str, Any]) -> bool:
    """A paper that nobody gave is told only where the procedure asks for it."""
    return paper["row"].proof != Proof.MISSING or bool(paper["part"] and paper["part"].required)


@never_cache
@require_safe
def calendar(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """No name and no number of a person goes into a calendar that others may read."""
    user = citizen_of(request)
    found = own_dossier(user, pk)
    at = own.next_moment(found, own.open_request(found))
    if at is None:
        raise Http404
    told, name = standing(found), found.version.name_vi
    entry = ics.Entry(
        uid=f"{found.pk}@mot-cua",
        at=at,
        title=_("Due: %(procedure)s") % {"procedure": name},
        description=f"{told.phase}. {told.next_step}\n{found}",
        url=settings.PUBLIC_ORIGIN + reverse("services:own-dossier", args=[found.pk]),
        sequence=found.revision,
    )
    answer = HttpResponse(ics.calendar(entry, made_at=timezone.now()), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{found.reference}.ics"'
    return answer
