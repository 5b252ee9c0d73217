"""What a dossier has in the register of births."""

from documents.models import RegisterEntry
from documents.registers.states import BookKind, EntryState
from services.models import Dossier

BIRTHS = "births"  # the series of the register of births


def birth_entry_of(dossier: Dossier) -> RegisterEntry | None:
    """What stands for it in the register of births and was not struck out; only an accepted dossier has a code."""
    if not dossier.code:
        return None
    known = RegisterEntry.objects.filter(
        unit_id=dossier.competent_unit_id,
        kind=BookKind.OUTGOING,
        book__series=BIRTHS,
        file_code=dossier.code,
        state=EntryState.VALID,
    )
    return known.order_by("id").first()
