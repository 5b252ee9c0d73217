"""What a dossier has in the registers of civil status."""

from documents.models import RegisterEntry
from documents.registers.states import BookKind, EntryState
from services.models import Dossier
from services.outcomes.kinds import rules


def entry_of(dossier: Dossier) -> RegisterEntry | None:
    """What stands for it there and was not struck out; only an accepted dossier has a code."""
    if not dossier.code:
        return None
    known = RegisterEntry.objects.filter(
        unit_id=dossier.competent_unit_id,
        kind=BookKind.OUTGOING,
        book__series__in=sorted({rule.series for rule in rules() if rule.series}),
        file_code=dossier.code,
        state=EntryState.VALID,
    )
    return known.order_by("id").first()
