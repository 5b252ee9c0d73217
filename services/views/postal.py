"""Results by post at the desk: what waits, the slip for the carrier, and what became of each item."""

import uuid
from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.models import User
from portal.accounts.once import sent_once
from portal.events import viewed
from services.errors import ServicesError
from services.forms.postal import CameBackForm, DeliveredForm, HandSlipForm, SlipForm, TakeOffForm, moment_of
from services.models import Dossier, PostalItem, PostalSlip
from services.operations import postal as deeds
from services.operations.moving import people
from services.postal_rules import carrier_name, postal_rules_on
from services.queries import postal as queries
from services.queries.dossiers import units_with
from services.queries.postal import may_be_sent
from services.states import Capability, PostalState
from services.views.desk_access import officer_of, status_of
from services.wording_postal import line, lines
from staff.policies import today
from units.queries import version_at

SIZE = 50
GROUPS = {
    "cho-gui": gettext_lazy("To be sent"),
    "phieu": gettext_lazy("Slips"),
    "tren-duong": gettext_lazy("On their way"),
    "ve": gettext_lazy("Came back"),
    "da-phat": gettext_lazy("Delivered"),
}


def _desks(user: User) -> list[int]:
    """Raises PermissionDenied for officers who hand out nothing."""
    units = units_with(user, Capability.RETURN, today())
    if not units:
        raise PermissionDenied(_("Results that go by post are shown to those who hand out results."))
    return units


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def post(request: HttpRequest) -> HttpResponse:
    """`?nhom=`: one of GROUPS. POST packs what was ticked onto a slip."""
    user, now = officer_of(request), timezone.now()
    units = _desks(user)
    form, problem = SlipForm(request.POST if request.method == "POST" else None, on=localdate(now)), ""
    if request.method == "POST":
        chosen = _chosen(request, units)
        if chosen and form.is_valid():
            return _packed(request, user, chosen, form.cleaned_data["carrier"])
        problem = "" if chosen else _("Tick at least one result. Nothing was saved.")
    group = request.GET.get("nhom", "cho-gui")
    group = group if group in GROUPS else "cho-gui"
    page = Paginator(_rows(group, units), SIZE).get_page(request.GET.get("page", "1")[:6])
    context = {
        "page_obj": page,
        "waiting": _waiting(page.object_list) if group == "cho-gui" else [],
        "slips": [(slip, carrier_name(slip.carrier)) for slip in page.object_list] if group == "phieu" else [],
        "items": lines(list(page.object_list)) if group in {"tren-duong", "ve", "da-phat"} else [],
        "group": group,
        "title": GROUPS[group],
        "tabs": _tabs(group, units),
        "form": form,
        "problem": problem,
    }
    return render(request, "services/postal/post.html", context, status=400 if problem or form.errors else 200)


def _rows(group: str, units: list[int]) -> Any:
    found: dict[str, Callable[[list[int]], Any]] = {
        "phieu": queries.slips_of,
        "tren-duong": queries.on_their_way,
        "ve": queries.lying_here,
        "da-phat": queries.ended,
    }
    return found.get(group, queries.to_send)(units)


def _tabs(chosen: str, units: list[int]) -> list[tuple[str, str, bool]]:
    waiting, back = queries.counts(units)
    number = {"cho-gui": f" ({waiting})", "ve": f" ({back})"}
    return [(f"{words}{number.get(key, '')}", f"?nhom={key}", key == chosen) for key, words in GROUPS.items()]


def _waiting(found: Iterable[Dossier]) -> list[dict[str, Any]]:
    return [{"row": row, "has_address": bool(row.contact.get("address"))} for row in found]


def _chosen(request: HttpRequest, units: list[int]) -> list[Dossier]:
    """What was ticked, or all that the page showed."""
    ids = request.POST.getlist("all" if "tat-ca" in request.POST else "pick")[:SIZE]
    return list(queries.to_send(units).filter(pk__in=[one for one in ids if _is_id(one)]))


def _is_id(text: str) -> bool:
    try:
        return bool(uuid.UUID(text))
    except ValueError:
        return False


def _packed(request: HttpRequest, user: User, chosen: list[Dossier], carrier: str) -> HttpResponse:
    """A slip for each desk; nearly always there is one."""
    made: list[deeds.Prepared] = []
    for unit in sorted({row.returning_unit_id for row in chosen}):
        mine = [row for row in chosen if row.returning_unit_id == unit]
        made.append(deeds.prepare_slip(unit_id=unit, dossiers=mine, carrier=carrier, actor=user, now=timezone.now()))
    for dossier, refusal in [one for slip in made for one in slip.failed]:
        messages.error(request, f"{dossier}: {refusal}")
    packed = [slip for slip in made if slip.items]
    if not packed:
        return redirect("services:post")
    count = sum(len(slip.items) for slip in packed)
    told = ngettext("%(count)d result is on the slip.", "%(count)d results are on the slip.", count)
    messages.success(request, told % {"count": count})
    return redirect("services:postal-slip", packed[0].slip.pk) if len(packed) == 1 else redirect("services:post")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def slip(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """GET shows what is on it, POST enters that the carrier took it."""
    user, now = officer_of(request), timezone.now()
    found = _slip(user, pk)
    items = list(queries.on_slip(found))
    waiting = [item for item in items if item.state == PostalState.PREPARED]
    carrier = postal_rules_on(localdate(now)).carriers.get(found.carrier)
    form = HandSlipForm(
        request.POST if request.method == "POST" else None, items=waiting, carrier=carrier, on=localdate(now)
    )
    status = 200
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            deeds.hand_slip_over(
                slip=found, courier=said["courier"], handed_at=moment_of(said), tracking=form.tracking(), actor=user,
                now=now,
            )  # fmt: skip
        except ServicesError as refusal:
            form.add_error(None, str(refusal))
            status = status_of(refusal)
        else:
            messages.success(request, _("It is with the post. The citizens are told, with the tracking number."))
            return redirect("services:postal-slip", found.pk)
    status = max(status, 400 if form.errors else 200)
    return _show_slip(request, user, found, items, status=status, form=form, waiting=waiting)


@never_cache
@require_safe
def slip_print(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """For the carrier's signature: one line for each envelope."""
    user = officer_of(request)
    found = _slip(user, pk)
    return _show_slip(request, user, found, list(queries.on_slip(found)), name="slip_print")


def _slip(user: User, pk: uuid.UUID) -> PostalSlip:
    """Raises Http404 for a slip of somebody else's desk."""
    return get_object_or_404(queries.slips_of(_desks(user)), pk=pk)


def _show_slip(
    request: HttpRequest,
    user: User,
    found: PostalSlip,
    items: list[PostalItem],
    *,
    name: str = "slip",
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    concerned = {person for item in items for person in people(item.dossier)}
    purpose = str(_("sending results by post"))
    viewed(found, actor=user, unit=found.unit_id, purpose=purpose, at=timezone.now(), concerns=concerned)
    context = {
        "found": found,
        "items": lines(items),
        "carrier": carrier_name(found.carrier),
        "unit": version_at(found.unit_id, today()),
        **more,
    }
    return render(request, f"services/postal/{name}.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def item(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """GET shows where it is, POST enters that it was delivered."""
    user, row = _item(request, pk)
    if request.method != "POST":
        return _show(request, user, row)
    form = DeliveredForm(request.POST)
    return _end(request, user, row, form, _("Entered. The result counts as handed out at that moment."))


@never_cache
@require_POST
@sent_once
def item_came_back(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    user, row = _item(request, pk)
    form = CameBackForm(request.POST, on=localdate())
    told = _("Entered. The citizen is told that it lies at the desk, and may give an address once more.")
    return _end(request, user, row, form, told)


@never_cache
@require_POST
@sent_once
def item_taken_off(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    user, row = _item(request, pk)
    form = TakeOffForm(request.POST)
    return _end(request, user, row, form, _("It is off the slip and waits to be sent or collected."))


def _end(request: HttpRequest, user: User, row: PostalItem, form: forms.Form, told: str) -> HttpResponse:
    """The same for each end; what was typed stays when it is refused."""
    status = 400
    if form.is_valid():
        try:
            _deed(form, row, user)
        except ServicesError as refusal:
            form.add_error(None, str(refusal))
            status = status_of(refusal)
            row = queries.items_of([row.slip.unit_id]).get(pk=row.pk)
        else:
            messages.success(request, told)
            return redirect("services:postal-item", row.pk)
    return _show(request, user, row, form, status)


def _deed(form: forms.Form, row: PostalItem, user: User) -> None:
    now = timezone.now()
    if isinstance(form, DeliveredForm):
        deeds.note_delivery(item=row, said=form.said(), actor=user, now=now)
    elif isinstance(form, CameBackForm):
        deeds.note_came_back(item=row, said=form.said(), actor=user, now=now)
    else:
        deeds.take_off_slip(item=row, reason=form.cleaned_data["reason"], actor=user, now=now)


def _item(request: HttpRequest, pk: uuid.UUID) -> tuple[User, PostalItem]:
    """Raises Http404 for an item of somebody else's desk."""
    user = officer_of(request)
    row = queries.items_of(_desks(user)).filter(pk=pk).first()
    if row is None:
        raise Http404
    return user, row


def _show(
    request: HttpRequest, user: User, row: PostalItem, typed: forms.Form | None = None, status: int = 200
) -> HttpResponse:
    now, dossier = timezone.now(), row.dossier
    purpose = str(_("sending results by post"))
    viewed(dossier, actor=user, unit=dossier.responsible_unit_id, purpose=purpose, at=now, concerns=people(dossier))
    blank = (
        DeliveredForm(None, receiver=str(row.to["name"])),
        CameBackForm(None, on=localdate(now)),
        TakeOffForm(None),
    )
    delivered, came_back, taken_off = (typed if isinstance(typed, type(one)) else one for one in blank)
    lies_here = queries.lying_here([row.slip.unit_id]).filter(pk=row.pk).exists()
    context = {
        **line(row),
        "dossier": dossier,
        "procedure": dossier.version.name_vi,
        "delivered": delivered,
        "came_back": came_back,
        "taken_off": taken_off,
        "form": typed,
        "again_url": reverse("services:desk-post", args=[dossier.pk]) if lies_here and may_be_sent(dossier) else "",
    }
    return render(request, "services/postal/item.html", context, status=status)
