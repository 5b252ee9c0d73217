"""A printed form, for whoever has a part in the dossier: the desk prints it, the filer keeps it."""

import uuid
from http import HTTPStatus
from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from documents.errors import ContentLostError, FileGoneError
from documents.queries.files import read
from portal.accounts.models import User
from portal.events import viewed
from portal.ui.errors import Step, problem_page
from services.models import PrintedForm
from services.operations.moving import people
from services.policies import is_party
from services.queries.forms import visible_form
from services.states import FormState


@never_cache
@require_safe
def printed_form(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The PDF itself, so that the browser can print it; 409 while a worker is making it. Reading it is recorded."""
    user = cast("User", request.user)
    form = visible_form(user, pk)
    if not form.is_made:
        return _not_there_yet(request, form)
    if form.file is None:  # of the other party: their copy is theirs
        raise Http404
    try:
        content = read(form.file)
    except FileGoneError as gone:
        return problem_page(request, HTTPStatus.GONE, _("This file is no longer kept"), str(gone), [])
    except ContentLostError as lost:
        detail = str(lost)
        return problem_page(request, HTTPStatus.SERVICE_UNAVAILABLE, _("This file cannot be opened now"), detail, [])
    if not is_party(user, form.dossier):
        viewed(
            form,
            actor=user,
            unit=form.unit_id,
            purpose=str(_("printing a form of the dossier")),
            at=timezone.now(),
            concerns=people(form.dossier),
        )
    headers = {"Content-Disposition": f'inline; filename="{form.file.name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _not_there_yet(request: HttpRequest, form: PrintedForm) -> HttpResponse:
    if form.state == FormState.FAILED:
        title = _("This form could not be made")
        detail = _(
            "Something in the dossier cannot be printed, such as a letter that the type does not have. "
            "The dossier itself is kept; the desk gives the form by hand."
        )
        step = Step(_("Go to the home page"), reverse("ui:home"))
    else:
        title = _("This form is being made")
        detail = _("The form is being laid out and sealed. It takes a few seconds; nothing has to be done again.")
        step = Step(_("Look again"), request.path)
    return problem_page(request, HTTPStatus.CONFLICT, title, detail, [step])
