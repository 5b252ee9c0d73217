"""What the citizen was asked about drafts of results."""

from datetime import date

from services.kinds import Channel
from services.models import Confirmation, Dossier
from services.outcomes import is_confirmed_first, shown_of
from services.states import AGREED, ConfirmationState, Stage, State


def open_confirmation(dossier: Dossier) -> Confirmation | None:
    """The draft that waits for an answer."""
    if dossier.stage != Stage.AWAITING_CITIZEN:
        return None
    return Confirmation.objects.filter(dossier=dossier, state=ConfirmationState.OPEN).first()


def last_confirmation(dossier: Dossier) -> Confirmation | None:
    """Nobody is asked about what was filed at a desk."""
    if dossier.channel != Channel.ONLINE:
        return None
    return Confirmation.objects.filter(dossier=dossier).order_by("-number", "id").first()


def is_being_corrected(dossier: Dossier) -> bool:
    """From an objection until the next draft, the citizen may mend what they declared. NĐ 118/2025 Đ.21.2"""
    if dossier.stage == Stage.CORRECTING:
        return True  # of an issued result: what was declared wrongly is declared anew. Đ.23.1
    return may_be_corrected(dossier) and is_objected(last_confirmation(dossier))


def may_be_corrected(dossier: Dossier) -> bool:
    return State(dossier.state) is State.PROCESSING and dossier.stage == Stage.NONE


def is_objected(last: Confirmation | None) -> bool:
    return last is not None and last.state == ConfirmationState.OBJECTED


def must_confirm(dossier: Dossier, text: str, on: date) -> bool:
    """Whether the citizen has still to be asked about this very draft."""
    if not is_confirmed_first(dossier, on):
        return False
    last = last_confirmation(dossier)
    agreed = last is not None and last.state in AGREED and last.content == shown_of(dossier, text=text, on=on)
    return not agreed
