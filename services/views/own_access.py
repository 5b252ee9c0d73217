"""Who opens a citizen's own pages: owner and filer of the dossier. To everybody else it does not exist (404)."""

import uuid
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.ui.errors import Step, problem_page
from services.models import Dossier
from services.queries import own


def citizen_of(request: HttpRequest) -> User:
    """Raises Http404 for officers and programs: they see dossiers at the desk."""
    user = request.user
    if not isinstance(user, User) or not user.is_citizen:
        raise Http404
    return user


def own_dossier(user: User, pk: uuid.UUID) -> Dossier:
    found = own.own_dossier(user, pk)
    if found is None:
        raise Http404
    return found


def too_late(request: HttpRequest, dossier: Dossier, title: str, detail: str) -> HttpResponse:
    """What was possible once is not any more; the status page says what is."""
    steps = [Step(_("Look at where the dossier stands"), reverse("services:own-dossier", args=[dossier.pk]))]
    return problem_page(request, HTTPStatus.CONFLICT, title, detail, steps)
