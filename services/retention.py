"""What has had its time goes: drafts and visits that came to nothing, and of closed dossiers what no rule keeps.

Each in a transaction of its own, so that a crash loses one at most, and the next call goes on where this one ended.
"""

import logging
from datetime import datetime
from uuid import UUID

from django.db import DatabaseError, transaction
from django.db.models import Exists, OuterRef
from django.utils.timezone import localdate

from documents.sweeping import release_contents
from portal.events.actors import System
from portal.isolation import Purpose, scope
from services.models import Dossier, Draft, Visit
from services.operations.drafts import expire_draft
from services.operations.retention import carry_out, forget_petition
from services.operations.visits import forget_visit
from services.queries import retention as queries
from services.retention_kinds import OF_DOSSIER, Kept
from services.rules import rules_on

log = logging.getLogger(__name__)

AT_ONCE = 500  # the rest has its turn at the next call


def drop_drafts(*, now: datetime) -> int:
    """How many were deleted, each in a transaction of its own and with the rights of its writer."""
    with transaction.atomic(), scope(purpose=Purpose.RETENTION):
        rows = Draft.objects.unsent().filter(expires_at__lte=now).order_by("expires_at", "id")
        found = list(rows.values_list("pk", "writer_id", "desk_unit_id")[:AT_ONCE])
    done = 0
    for key, writer, unit in found:
        try:
            with transaction.atomic(), scope(citizen=writer, units=[unit] if unit else []):
                done += expire_draft(draft_id=key, actor=System.SCHEDULE, now=now)
        except DatabaseError:  # one that something still holds does not keep the others; the log names it until then
            log.exception("Draft %s could not be deleted", key)
    return done


def drop_visits(*, now: datetime) -> int:
    """How many people's cards were forgotten: nothing was filed at their visit, and no draft of it is left."""
    before = now - rules_on(localdate(now)).draft_kept
    with transaction.atomic(), scope(purpose=Purpose.RETENTION):
        rows = Visit.objects.filter(~Exists(Draft.objects.filter(visit=OuterRef("pk"))), ends_at__lte=before)
        found = list(rows.select_for_update(of=("self",), skip_locked=True).order_by("ends_at", "id")[:AT_ONCE])
        for visit in found:
            forget_visit(visit=visit, actor=System.SCHEDULE, now=now)
    return len(found)


def carry_out_rules(*, now: datetime) -> int:
    """How many rules were carried out on closed dossiers and petitions. What other workers have in hand is left out."""
    done = sum(_carry_out(kind, now) for kind in OF_DOSSIER) + _forget_petitions(now)
    release_contents(now=now)
    return done


def _carry_out(kind: Kept, now: datetime) -> int:
    with transaction.atomic(), scope(purpose=Purpose.RETENTION):
        rows = queries.due_now(kind, now).order_by("kept_until", "id")
        found = list(rows.values_list("pk", flat=True)[:AT_ONCE])
    done = 0
    for key in found:
        try:
            done += _one(key, kind, now)
        except DatabaseError:  # as above: one that something still holds does not keep the others
            log.exception("The rule for %s could not be carried out on dossier %s", kind, key)
    return done


@transaction.atomic
def _one(key: UUID, kind: Kept, now: datetime) -> bool:
    """With the rights of its units and of whoever filed it, since their draft goes too."""
    with scope(purpose=Purpose.RETENTION):
        dossier = Dossier.objects.select_related("draft").filter(pk=key).first()
    if dossier is None:
        return False
    draft = getattr(dossier, "draft", None)
    with scope(units=dossier.unit_ids(), citizen=draft.writer_id if draft else None, purpose=Purpose.RETENTION):
        return carry_out(dossier_id=key, kind=kind, actor=System.SCHEDULE, now=now)


def _forget_petitions(now: datetime) -> int:
    with transaction.atomic(), scope(purpose=Purpose.RETENTION):
        found = list(queries.petitions_due(now).order_by("kept_until", "id").values_list("pk", flat=True)[:AT_ONCE])
    done = 0
    for key in found:
        with transaction.atomic(), scope(purpose=Purpose.RETENTION):
            done += forget_petition(petition_id=key, actor=System.SCHEDULE, now=now)
    return done
