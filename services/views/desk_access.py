"""Who opens the pages of the desk: what one may not see does not exist (404), what one may not do is said (403)."""

import uuid
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.ui.errors import Step, problem_page
from services.errors import HeldByOtherError, ServicesError, StaleError, WrongStateError
from services.models import Dossier
from services.policies import may
from services.queries.dossiers import desk_units, following, in_part, units_with
from services.states import TRANSITIONS, Action, Capability, State
from staff.policies import today

View = Callable[..., HttpResponseBase]


def officer_of(request: HttpRequest) -> User:
    """Raises Http404 for everybody else."""
    user = request.user
    if not isinstance(user, User) or not user.is_officer:
        raise Http404
    return user


def units_of_desk(user: User) -> list[int]:
    """Raises PermissionDenied for officers who neither receive nor hand out."""
    units = desk_units(user, today())
    if not units:
        raise PermissionDenied(_("The queue of the desk is shown to those who receive dossiers and hand out results."))
    return units


def visible_dossier(user: User, pk: uuid.UUID) -> Dossier:
    """Raises Http404 for a dossier in which none of the person's units has a part."""
    seen = in_part(units_with(user, Capability.VIEW, today()))
    found = seen.select_related("version__procedure", "version__form", "mandate").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def dossier_for(user: User, pk: uuid.UUID, action: Action) -> Dossier:
    """Raises PermissionDenied when the step is not this person's at all; whether it is time for it, `is_ripe` says."""
    dossier = visible_dossier(user, pk)
    if not may(action, user, dossier):
        raise PermissionDenied(_("Your post does not allow this here. Nothing was saved."))
    return dossier


def only_for(action: Action) -> Callable[[View], View]:
    """Strangers are turned away before anything that they sent is looked at."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, pk: uuid.UUID) -> HttpResponseBase:
            dossier_for(officer_of(request), pk, action)
            return view(request, pk)

        return wrapped

    return decorate


def is_ripe(action: Action, dossier: Dossier) -> bool:
    return State(dossier.state) in TRANSITIONS[action].sources


def moved_on(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """The step is no longer possible: somebody else was first."""
    return problem_page(
        request,
        HTTPStatus.CONFLICT,
        _("The dossier has moved on"),
        _("Somebody has taken this dossier further meanwhile, so this step is no longer possible. Nothing was saved."),
        [
            Step(_("Look at where the dossier stands now"), reverse("services:desk-dossier", args=[dossier.pk])),
            Step(_("Go on with the queue"), reverse("services:desk")),
        ],
    )


def status_of(refusal: ServicesError) -> int:
    """Conflicts are told apart from what was typed wrongly."""
    is_conflict = isinstance(refusal, (StaleError, WrongStateError, HeldByOtherError))
    return HTTPStatus.CONFLICT if is_conflict else HTTPStatus.BAD_REQUEST


def onward(user: User, done: Dossier) -> HttpResponse:
    """To the dossier that is due next, or to the queue when nothing waits."""
    nearest = following(desk_units(user, today()), done)
    if nearest is None:
        return redirect("services:desk")
    return redirect("services:desk-dossier", nearest.pk)
