"""The forms of the one-stop desk that were handed out for a dossier."""

from services.models import Dossier, PrintedForm

MOST = 50


def printed_forms(dossier: Dossier) -> list[PrintedForm]:
    """Newest first, each with its file."""
    rows = PrintedForm.objects.filter(dossier=dossier).select_related("file")
    return list(rows.order_by("-id")[:MOST])
