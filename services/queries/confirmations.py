"""What the citizen was asked about drafts of results."""

from services.models import Confirmation, Dossier
from services.states import ConfirmationState, Stage, State


def open_confirmation(dossier: Dossier) -> Confirmation | None:
    """The draft that waits for an answer."""
    if dossier.stage != Stage.AWAITING_CITIZEN:
        return None
    return Confirmation.objects.filter(dossier=dossier, state=ConfirmationState.OPEN).first()


def last_confirmation(dossier: Dossier) -> Confirmation | None:
    return Confirmation.objects.filter(dossier=dossier).order_by("-number", "id").first()


def is_being_corrected(dossier: Dossier) -> bool:
    """From an objection until the next draft, the citizen may mend what they declared. NĐ 118/2025 Đ.21.2"""
    if State(dossier.state) is not State.PROCESSING or dossier.stage != Stage.NONE:
        return False
    last = last_confirmation(dossier)
    return last is not None and last.state == ConfirmationState.OBJECTED
