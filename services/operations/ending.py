"""When a dossier ends without a result, what was drafted and entered for it ends with it."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from documents.operations.registers import void_entry
from documents.operations.route import call_off
from documents.registers.errors import BookClosedError
from portal.events.actors import Actor, System
from portal.isolation import scope
from services.errors import ResultIssuedError
from services.models import Dossier
from services.operations.confirming import cancel_confirmation
from services.operations.consulting import cancel_consultations
from services.operations.extending import cancel_extension
from services.operations.forms import order_stop_notice
from services.printing import Ending
from services.queries.entries import entry_of


def call_off_result(*, dossier: Dossier, actor: Actor, now: datetime) -> None:
    """The caller holds the dossier's lock. Raises ResultIssuedError when the result went out already.

    Whoever ends the dossier, its citizen or the clock, sees no drafts of the organ; so the scope is the organ's here.
    """
    cancel_confirmation(dossier=dossier, actor=actor, now=now)
    with scope(units=dossier.unit_ids()):
        cancel_consultations(dossier=dossier, actor=actor, now=now)
    cancel_extension(dossier=dossier, actor=actor, now=now)
    with override("vi"):  # it stays in the book and on the document, whatever language the citizen reads
        reason = _("The dossier that asked for it has ended: %(dossier)s") % {"dossier": dossier.code}
    document_id = dossier.result_document
    with scope(units=dossier.unit_ids()):
        if document_id and not call_off(document_id=document_id, reason=reason, actor=actor, now=now):
            raise ResultIssuedError
        _void_entry(dossier, reason, now)


def tell_ended(*, dossier: Dossier, ending: Ending, actor: Actor, now: datetime) -> None:
    """Form 05 for an end that no officer made: the organ prints it, so the scope is the organ's here."""
    with scope(units=dossier.unit_ids()):
        order_stop_notice(dossier=dossier, ending=ending, actor=actor, now=now)


def _void_entry(dossier: Dossier, reason: str, now: datetime) -> None:
    """What was entered before the certificate was to be signed is struck out; its number is never given again."""
    entry = entry_of(dossier)
    if entry is None:
        return
    try:
        void_entry(entry=entry, reason=reason, actor=System.RELAY, now=now)
    except BookClosedError:  # of last year: the clerk notes it there by hand
        return
