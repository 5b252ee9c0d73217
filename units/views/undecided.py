"""What no rule of a split knew: who holds it, until when it is to be decided, and the decision."""

from collections.abc import Sequence
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from portal.events.actors import Actor
from portal.ui.wording import moment
from units import operations
from units.forms.undecided import UndecidedFilter
from units.handovers import told_of
from units.models import UndecidedItem, UndecidedItemQuerySet
from units.operations import ActError
from units.operations.simulating import words_of
from units.policies import Capability
from units.queries.acts import undecided_for
from units.queries.nearest import nearest_versions
from units.queries.undecided import choices_of

SIZE = 25
MOST_CHOICES = 200
Json = dict[str, Any]


def _waiting(request: HttpRequest) -> UndecidedItemQuerySet:
    user: Any = request.user
    if not user.is_authenticated or not user.has_perm(Capability.DECIDE):
        raise PermissionDenied(_("Where things of a split unit belong is decided by its head or the province."))
    return undecided_for(user)


@never_cache
@require_safe
def undecided(request: HttpRequest) -> HttpResponse:
    return _show(request)


def _show(request: HttpRequest, *, refused: Sequence[str] = (), done: int = 0, status: int = 200) -> HttpResponse:
    waiting = _waiting(request)
    form = UndecidedFilter(request.GET, acts=_acts(waiting), units=_units(waiting))
    valid = form.is_valid()
    found = waiting
    if valid and form.cleaned_data["act"]:
        found = found.filter(event_id=form.cleaned_data["act"])
    if valid and form.cleaned_data["unit"]:
        found = found.filter(held_by_id=form.cleaned_data["unit"])
    page = Paginator(found.order_by("due_at", "id"), SIZE).get_page(request.GET.get("page", "1")[:6])
    context = {
        "form": form,
        "page_obj": page,
        "groups": _groups(list(page.object_list), cast("Actor", request.user)),
        "total": page.paginator.count,
        "late": found.filter(due_at__lt=timezone.now()).count(),
        "refused": refused,
        "done": done,
    }
    return render(request, "units/undecided.html", context, status=status if valid else 400)


def _acts(waiting: UndecidedItemQuerySet) -> list[tuple[int, str]]:
    rows = waiting.order_by("event_id").values_list("event_id", "event__legal_no").distinct()
    return list(rows[:MOST_CHOICES])


def _units(waiting: UndecidedItemQuerySet) -> list[tuple[int, str]]:
    held = list(waiting.order_by("held_by_id").values_list("held_by_id", flat=True).distinct()[:MOST_CHOICES])
    return [(unit, version.full_name) for unit, version in nearest_versions(held, timezone.localdate()).items()]


def _groups(items: Sequence[UndecidedItem], reader: Actor) -> list[Json]:
    """By act and split unit, for each has successors of its own; the most urgent group comes first."""
    by_split: dict[tuple[int, int], list[UndecidedItem]] = {}
    for item in items:
        by_split.setdefault((item.event_id, item.from_unit_id), []).append(item)
    choices = choices_of(by_split.keys(), timezone.localdate())
    asked = {item.held_by_id for item in items} | {unit for _act, unit in by_split}
    names = {unit: version.full_name for unit, version in nearest_versions(asked, timezone.localdate()).items()}
    told = _told(items, reader)
    return [
        {
            "key": f"{act}-{unit}",
            "act": rows[0].event,
            "unit": names.get(unit, f"#{unit}"),
            "heirs": [(heir.unit_id, heir.full_name) for heir in choices[act, unit].heirs],
            "rows": [_row(item, names, told) for item in rows],
        }
        for (act, unit), rows in by_split.items()
    ]


def _told(items: Sequence[UndecidedItem], reader: Actor) -> dict[tuple[str, str], Any]:
    by_handover: dict[str, list[tuple[str, str]]] = {}
    for item in items:
        by_handover.setdefault(item.handover, []).append((item.subject_type, item.subject_id))
    found: dict[tuple[str, str], Any] = {}
    for name, subjects in by_handover.items():
        found |= told_of(name, subjects, reader=reader, now=timezone.now())
    return found


def _row(item: UndecidedItem, names: dict[int, str], told: dict[tuple[str, str], Any]) -> Json:
    kind = item.subject_type.rsplit(".", 1)[-1]
    words = words_of(item.handover).things
    what = capfirst(str(words.get(kind, "") or next(iter(words.values()), kind)))
    about = told.get((item.subject_type, item.subject_id))
    return {
        "item": item,
        "what": what,
        "title": about.title if about else item.subject_id[:8],
        "hint": about.hint if about else "",
        "url": about.url if about else "",
        "owner": names.get(item.held_by_id, f"#{item.held_by_id}"),
        "due": moment(item.due_at),
        "is_late": item.due_at < timezone.now(),
    }


@never_cache
@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    """Each in a transaction of its own: what is refused holds nothing else up."""
    given, chosen = request.POST.get("to_unit", ""), request.POST.getlist("item")[:SIZE]
    if not (given.isascii() and given.isdecimal() and len(given) < 19) or not chosen:
        _waiting(request)
        return _show(request, refused=[_("Tick what you decide, and choose the unit it belongs to.")], status=400)
    wanted = [int(each) for each in chosen if each.isascii() and each.isdecimal() and len(each) < 19]
    there = list(_waiting(request).filter(pk__in=wanted).order_by("due_at", "id"))
    refused = [_("Something was decided by somebody else in between; it is no longer on the list.")]
    refused = refused if len(there) < len(chosen) else []
    done, actor = 0, cast("Actor", request.user)
    for item in there:
        try:
            operations.decide_item(item_id=item.pk, to_unit=int(given), actor=actor, now=timezone.now())
            done += 1
        except ActError as error:
            refused.append(str(error))
    if refused:
        return _show(request, refused=list(dict.fromkeys(refused)), done=done, status=409)
    told = ngettext("%(done)s thing is decided.", "%(done)s things are decided.", done) % {"done": done}
    messages.success(request, told)
    query = request.GET.urlencode()
    return redirect(reverse("units:undecided") + (f"?{query}" if query else ""))
