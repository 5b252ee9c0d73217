"""API clients of a unit: an administrator lets a program in, hands its secret over, suspends it, closes it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts import machines, operations
from portal.accounts.errors import ClientError
from portal.accounts.models import ApiClient, ClientSecret
from portal.accounts.once import sent_once
from portal.accounts.operations import GrantRow
from portal.accounts.policies import may_manage, possible
from portal.accounts.signing_in import user_of
from portal.accounts.states import ClientAction, ClientState
from portal.ui.errors import Step, problem_page
from staff.forms import ClientForm, ClientStateForm
from units.models import UnitVersion
from units.queries import version_at, versions_at

SIZE = 50
COLOURS = {ClientState.ACTIVE: "green", ClientState.SUSPENDED: "yellow", ClientState.CLOSED: "grey"}


@never_cache
@require_safe
def unit_clients(request: HttpRequest, unit_id: int) -> HttpResponse:
    unit = _unit(request, unit_id)
    rows = ApiClient.objects.owned_by([unit_id]).select_related("user").order_by("name", "id")
    page = Paginator(rows, SIZE).get_page(request.GET.get("page"))
    context = {"unit": unit, "page_obj": page, "rows": [(row, state_tag(row)) for row in page.object_list]}
    return render(request, "staff/clients.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def new_client(request: HttpRequest, unit_id: int) -> HttpResponse:
    unit = _unit(request, unit_id)
    form = ClientForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data, now = form.cleaned_data, timezone.now()
        grants = [GrantRow(capability, unit_id, data["reach"]) for capability in data.get("capabilities", ())]
        try:
            client = operations.create_client(
                name=data["name"],
                owner_unit_id=unit_id,
                grants=grants,
                first_day=localdate(now),
                until=data["until"],
                actor=user_of(request),
                now=now,
            )
        except ClientError as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(request, _("The program was entered. Give it a secret next."))
            return redirect("staff:client", pk=client.pk)
    return render(request, "staff/client_new.html", {"unit": unit, "form": form}, status=400 if form.errors else 200)


@never_cache
@require_safe
def client(request: HttpRequest, pk: int) -> HttpResponse:
    found, unit = _client(request, pk)
    return _page(request, found, unit, ClientStateForm(actions=possible(ClientState(found.state))))


@never_cache
@require_POST
def client_secret(request: HttpRequest, pk: int) -> HttpResponse:
    """The new secret stands on one page, once."""
    found, unit = _client(request, pk)
    try:
        secret = operations.give_client_secret(client=found, actor=user_of(request), now=timezone.now())
    except ClientError as refusal:
        return _refused(request, found, refusal)
    context = {"client": found, "unit": unit, "secret": secret, "until": timezone.now() + operations.SECRET_VALID}
    return render(request, "staff/client_secret.html", context)


@never_cache
@require_POST
def client_state(request: HttpRequest, pk: int) -> HttpResponse:
    found, unit = _client(request, pk)
    form = ClientStateForm(request.POST, actions=ClientAction)
    if not form.is_valid():
        return _page(request, found, unit, form)
    deed, done = _deed(form.cleaned_data["action"])
    reason = form.cleaned_data["reason"]
    try:
        deed(client=found, reason=reason, actor=user_of(request), now=timezone.now())
    except ClientError as refusal:
        return _refused(request, found, refusal)
    messages.success(request, done)
    return redirect("staff:client", pk=found.pk)


def _deed(action: ClientAction) -> tuple[Callable[..., ApiClient], str]:
    if action is ClientAction.SUSPEND:
        return operations.suspend_client, _("The program is suspended. Its tokens no longer work.")
    if action is ClientAction.RESUME:
        return operations.resume_client, _("The program may come in again.")
    return operations.close_client, _("The program is closed. What it did stays in the record.")


def state_tag(row: ApiClient) -> tuple[str, str]:
    """Words and colour."""
    words = {
        ClientState.ACTIVE: _("in use"),
        ClientState.SUSPENDED: _("suspended"),
        ClientState.CLOSED: _("closed"),
    }
    state = ClientState(row.state)
    return words[state], COLOURS[state]


def _page(request: HttpRequest, found: ApiClient, unit: UnitVersion, form: ClientStateForm) -> HttpResponse:
    now = timezone.now()
    grants = list(found.grants.order_by("id")[:200])
    places = versions_at([grant.unit_id for grant in grants], localdate(now))
    words = machines.known()
    secrets = ClientSecret.objects.filter(client=found, expires_at__gt=now).order_by("-made_at", "-id")[:2]
    context: dict[str, Any] = {
        "client": found,
        "unit": unit,
        "state": state_tag(found),
        "grants": [(words.get(one.capability, one.capability), places.get(one.unit_id), one) for one in grants],
        "secrets": list(secrets),
        "form": form,
        "is_closed": found.state == ClientState.CLOSED,
    }
    return render(request, "staff/client.html", context, status=400 if form.errors else 200)


def _refused(request: HttpRequest, found: ApiClient, refusal: ClientError) -> HttpResponse:
    steps = [Step(_("Open the program's page"), reverse("staff:client", args=[found.pk]))]
    return problem_page(request, 409, _("Nothing was done"), str(refusal), steps)


def _client(request: HttpRequest, pk: int) -> tuple[ApiClient, UnitVersion]:
    found = ApiClient.objects.select_related("user").filter(pk=pk).first()
    if found is None or not may_manage(user_of(request), found.owner_unit_id):
        raise Http404
    unit = version_at(found.owner_unit_id, localdate(timezone.now()))
    if unit is None:
        raise Http404
    return found, unit


def _unit(request: HttpRequest, unit_id: int) -> UnitVersion:
    unit = version_at(unit_id, localdate(timezone.now()))
    if unit is None:
        raise Http404
    if not may_manage(user_of(request), unit_id):
        raise PermissionDenied(_("Letting programs in needs a post that may do so at this unit. Nothing was changed."))
    return unit
