"""When a dossier ends without a result, what was drafted for it ends with it."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from documents.operations.route import call_off
from portal.events.actors import Actor
from portal.isolation import scope
from services.errors import ResultIssuedError
from services.models import Dossier


def call_off_result(*, dossier: Dossier, actor: Actor, now: datetime) -> None:
    """The caller holds the dossier's lock. Raises ResultIssuedError when the result went out already.

    Whoever ends the dossier, its citizen or the clock, sees no drafts of the organ; so the scope is the organ's here.
    """
    if dossier.result_document is None:
        return
    with override("vi"):  # it stays in the book and on the document, whatever language the citizen reads
        reason = _("The dossier that asked for it has ended: %(dossier)s") % {"dossier": dossier.code}
    with scope(units=dossier.unit_ids()):
        is_off = call_off(document_id=dossier.result_document, reason=reason, actor=actor, now=now)
    if not is_off:
        raise ResultIssuedError
