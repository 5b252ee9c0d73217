"""Where a result is sent: said by its citizen on their own page, or at the desk."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.accounts.models import User
from portal.accounts.once import sent_once
from portal.ui.errors import Step, problem_page
from services.errors import ServicesError
from services.forms.postal import AddressForm
from services.models import Dossier
from services.operations.postal import ask_for_post
from services.policies import may_ask_for_post
from services.queries.postal import may_be_sent
from services.views.desk_access import officer_of, status_of, visible_dossier
from services.views.own_access import citizen_of, own_dossier, too_late


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def own_post(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    user = citizen_of(request)
    found = own_dossier(user, pk)
    if not may_be_sent(found):
        return too_late(request, found, *_nothing())
    told = _("The result goes to this address. You are told when the post has it.")
    return _ask(request, user, found, "own", told)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def desk_post(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    user = officer_of(request)
    found = visible_dossier(user, pk)
    if not may_ask_for_post(user, found):
        raise PermissionDenied(_("Your post does not allow this here. Nothing was saved."))
    if not may_be_sent(found):
        here = reverse("services:desk-dossier", args=[found.pk])
        return problem_page(request, 409, *_nothing(), [Step(_("Look at where the dossier stands now"), here)])
    return _ask(request, user, found, "desk", _("The result waits to be sent to this address."))


def _nothing() -> tuple[str, str]:
    return (
        _("It can't be sent by post now"),
        _("A result is sent once it is issued, and while it lies at the desk. Nothing was changed."),
    )


def _ask(request: HttpRequest, user: User, found: Dossier, side: str, told: str) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    address = str(found.contact.get("address") or "")
    form = AddressForm(sent, revision=found.revision, address=address, on=localdate())
    status = 200
    if sent is not None and form.is_valid():
        said = form.cleaned_data
        try:
            ask_for_post(
                dossier=found, address=said["address"], actor=user, now=timezone.now(), revision=said["revision"]
            )
        except ServicesError as refusal:
            form.add_error(None, str(refusal))
            found.refresh_from_db(fields=["revision"])
            form.data = {**form.data, "revision": str(found.revision)}
            status = status_of(refusal)
        else:
            messages.success(request, told)
            return redirect(f"services:{side}-dossier", found.pk)
    context = {
        "dossier": found,
        "form": form,
        "title": f"{found} · {found.owner_name}",
        "procedure": found.version.name_vi,
    }
    status = max(status, 400 if form.errors else 200)
    return render(request, f"services/{side}/post.html", context, status=status)
