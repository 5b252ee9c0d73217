"""What citizens do with a dossier after filing, each with its small page."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from services.errors import ServicesError
from services.forms.desk import WordsForm
from services.operations import citizen
from services.views import own
from services.views.desk_access import status_of
from services.views.own_access import citizen_of, own_dossier


@never_cache
@require_POST
def message(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    user = citizen_of(request)
    found = own_dossier(user, pk)
    form = WordsForm(request.POST, label=_("Message to the desk"), prefix="message")
    if not form.is_valid():
        return own.show(request, user, found, form=form, status=400)
    try:
        citizen.send_message(dossier=found, text=form.cleaned_data["text"], actor=user, now=timezone.now())
    except ServicesError as refusal:
        form.add_error("text", str(refusal))
        return own.show(request, user, found, form=form, status=status_of(refusal))
    messages.success(request, _("Your message was sent. The desk answers here."))
    return redirect("services:own-dossier", found.pk)
