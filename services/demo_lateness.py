"""Dossiers of the demo that are late, that ask for a later date, or that have one."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from portal.accounts.models import User
from services.models import Dossier, WorkItem
from services.operations.extending import approve_extension, ask_extension
from services.operations.processing import finish_step, take_step
from services.operations.real_moments import Claim, claim_real_moment
from services.queries.lateness import proposed_extension

SPECIALIST, HEAD = "ho-tich", "chu-tich"
STATES = frozenset({"overdue", "extending", "extended", "clicked_late", "claimed"})


def go_on(dossier: Dossier, state: str, text: str, at: datetime) -> None:
    """From the acceptance on, a minute a deed."""
    officer = User.objects.get(username=SPECIALIST)
    item = WorkItem.objects.of(dossier).open().select_related("dossier").get()
    item = take_step(item=item, actor=officer, now=at + timedelta(minutes=1))
    item.dossier.refresh_from_db()
    if state in {"clicked_late", "claimed"}:
        _click_late(item, state, text, officer)
    elif state != "overdue":
        _extend(item, state, text, officer, at)


def _click_late(item: WorkItem, state: str, text: str, officer: User) -> None:
    """Handed over in time, and clicked only now."""
    now, due_at = timezone.now(), item.dossier.due_at
    finish_step(item=item, note="", actor=officer, now=now)
    item.refresh_from_db()
    if state == "claimed" and due_at:
        reason, _comma, proof = text.partition(", ")
        claim = Claim(due_at - timedelta(hours=2), reason, proof)
        claim_real_moment(dossier=item.dossier, claim=claim, step=item, actor=officer, now=now)


def _extend(item: WorkItem, state: str, text: str, officer: User, at: datetime) -> None:
    new_due_on: Any = proposed_extension(item, at)["new_due_on"]
    now = at + timedelta(minutes=2)
    row = ask_extension(item=item, new_due_on=new_due_on, reason=text, actor=officer, now=now)
    if state == "extended":
        head = User.objects.get(username=HEAD)
        approve_extension(extension=row, actor=head, now=at + timedelta(minutes=3))
