"""Who opens the officers' pages of petitions: what one may not see does not exist (404)."""

import uuid

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from portal.accounts.models import User
from services.models import Petition
from services.queries.petitions import units_with_right, visible_petitions
from services.states import Capability
from services.views.desk_access import officer_of
from staff.policies import today


def handler_of(request: HttpRequest) -> tuple[User, list[int]]:
    """Raises Http404 for everybody but officers, PermissionDenied for those whose post handles no petitions."""
    user = officer_of(request)
    units = units_with_right(user, Capability.PETITION_HANDLE, today())
    if not units:
        raise PermissionDenied(_("Petitions are shown to officers whose post handles them."))
    return user, units


def visible_petition(request: HttpRequest, pk: uuid.UUID) -> tuple[User, Petition]:
    """Whoever is complained about gets 404 as a stranger does."""
    user, _units = handler_of(request)
    rows = visible_petitions(user, today()).select_related("dossier", "procedure", "repeat_of", "merged_into")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return user, found
