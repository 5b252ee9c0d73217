"""What came to nothing is not kept: drafts after their time with all that registers said for them, and visits."""

import logging
from datetime import datetime

from django.db import DatabaseError, transaction
from django.db.models import Exists, OuterRef
from django.utils.timezone import localdate

from portal.events.actors import System
from portal.isolation import Purpose, scope
from services.models import Draft, Visit
from services.operations.drafts import expire_draft
from services.operations.visits import forget_visit
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
