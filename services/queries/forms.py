"""The forms that were handed out for a dossier."""

import uuid

from django.http import Http404

from portal.accounts.models import User
from services.models import Dossier, PrintedForm
from services.policies import may_see

MOST = 50


def printed_forms(dossier: Dossier) -> list[PrintedForm]:
    """Newest first, those included that a worker is still making. One statement."""
    rows = PrintedForm.objects.filter(dossier=dossier).select_related("file")
    return list(rows.order_by("-printed_at", "id")[:MOST])


def visible_form(user: User, pk: uuid.UUID) -> PrintedForm:
    """For the owner, the filer and the units of the dossier. Raises Http404 for everybody else."""
    found = PrintedForm.objects.select_related("dossier", "file").filter(pk=pk).first()
    if found is None or not may_see(user, found.dossier):
        raise Http404
    return found
