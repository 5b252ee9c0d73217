"""Which file an act is: its digest is part of what is signed."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from portal.events import record
from portal.events.actors import Actor
from units.models import ReorgEvent
from units.operations.drafting import MOST_AUTHORS
from units.operations.errors import BadHead, Outdated, WrongState
from units.operations.steps import permit, unit_of
from units.states import TRANSITIONS, Action, ActState

DIGEST_BYTES = 32


@transaction.atomic
def name_file(*, act_id: int, digest: bytes, expected: int | None = None, actor: Actor, now: datetime) -> ReorgEvent:
    """The act is this file, by its SHA-256. A simulated act goes back into drafting, because its figures name another.

    Once it is signed only the very file that it names may be brought; nothing of the act changes then.
    """
    told = TRANSITIONS[Action.REVISE]
    act = ReorgEvent.objects.select_for_update(of=("self",)).get(pk=act_id)
    permit(actor, told.capability, unit_of(act))
    if expected is not None and act.revision != expected:
        raise Outdated(act.legal_no, act.revision)
    if len(digest) != DIGEST_BYTES:
        raise BadHead("file_sha256", _("The digest of the file is SHA-256, 32 bytes."))
    if bytes(act.file_sha256 or b"") == digest:
        return act
    if act.state not in {*told.sources, ActState.DRAFT}:
        raise WrongState(act.legal_no, act.state, Action.REVISE)
    before, act.state = act.state, told.target
    act.authors = sorted({*act.authors, actor.event_actor})[:MOST_AUTHORS]
    act.file_sha256, act.revision = digest, act.revision + 1
    act.save(update_fields=["state", "authors", "file_sha256", "revision"])
    facts = {"legal_no": act.legal_no, "file_sha256": digest.hex()}
    record(told.fact, subject=act, actor=actor, unit=act.unit_id, at=now, before=before, after=act.state, facts=facts)
    return act
