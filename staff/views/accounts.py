"""Administrators open officers' accounts. The one-time secret stands on one page, once."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from portal.accounts import one_time
from portal.accounts.models import OneTimeSecret, User
from portal.accounts.signing_in import user_of
from portal.ui.errors import Step, problem_page
from staff.errors import StaffError
from staff.forms import AccountForm
from staff.models import Assignment
from staff.operations import open_account, renew_secret
from staff.policies import Capability, may_edit, today
from units.models import UnitVersion
from units.queries import version_at

MOST = 200  # as on the published list of officers


@never_cache
@require_GET
def unit_accounts(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Who works or will work at the unit, and who of them can sign in."""
    unit = _unit(request, unit_id)
    on, now = today(), timezone.now()
    rows = Assignment.objects.at_unit(unit_id).not_ended(on).select_related("person", "post", "user")
    found = list(rows.order_by("person__name", "id")[:MOST])
    waiting = OneTimeSecret.objects.filter(user__in=[row.user_id for row in found if row.user_id], expires_at__gt=now)
    until = dict(waiting.order_by("user_id").values_list("user_id", "expires_at"))
    context = {"unit": unit, "rows": [(row, row.user_id and until.get(row.user_id)) for row in found]}
    return render(request, "staff/accounts.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """One assignment: open an account, or give a new secret for the one there is."""
    actor = user_of(request)
    assignment = get_object_or_404(Assignment.objects.select_related("person", "post", "user"), pk=pk)
    unit = _unit(request, assignment.unit_id)
    has_account = assignment.user_id is not None
    form = AccountForm(None if has_account else request.POST or None)
    if request.method == "POST" and (has_account or form.is_valid()):
        now = timezone.now()

        def act() -> tuple[User, str]:
            if has_account:
                return renew_secret(assignment=assignment, actor=actor, now=now)
            return open_account(assignment=assignment, username=form.cleaned_data["username"], actor=actor, now=now)

        made = _try(act, form)
        if isinstance(made, str):
            steps = [Step(_("Accounts of this unit"), reverse("staff:accounts", args=[unit.unit_id]))]
            return problem_page(request, 409, _("Nothing was done"), made, steps)
        if made is not None:
            user, secret = made
            facts = {"officer": user, "secret": secret, "until": now + one_time.VALID, "assignment": assignment}
            return render(request, "staff/account_secret.html", facts | {"unit": unit})
    context = {"assignment": assignment, "unit": unit, "form": form, "has_account": has_account}
    return render(request, "staff/account.html", context, status=400 if form.errors else 200)


def _try(act: Callable[[], tuple[User, str]], form: AccountForm) -> tuple[User, str] | str | None:
    """What the deed gave; a sentence when it was refused; None when the form says why."""
    try:
        return act()
    except StaffError as refusal:
        return str(refusal)
    except ValidationError as error:
        form.add_error("username", [text for texts in error.message_dict.values() for text in texts])
        return None


def _unit(request: HttpRequest, unit_id: int) -> UnitVersion:
    unit = version_at(unit_id, today())
    if unit is None:
        raise Http404
    if not may_edit(user_of(request), Capability.ACCOUNT_OPEN, unit_id):
        raise PermissionDenied(_("Opening accounts needs a post that may do so at this unit. Nothing was changed."))
    return unit
