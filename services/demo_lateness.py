"""Dossiers of the demo that are late, that ask for a later date, or that have one."""

from datetime import datetime, timedelta

from portal.accounts.models import User
from services.models import Dossier, WorkItem
from services.operations.extending import approve_extension, ask_extension
from services.operations.processing import take_step
from services.queries.lateness import proposed_extension

SPECIALIST, HEAD = "ho-tich", "chu-tich"
STATES = frozenset({"overdue", "extending", "extended"})


def go_on(dossier: Dossier, state: str, text: str, at: datetime) -> None:
    """From the acceptance on, a minute a deed."""
    officer = User.objects.get(username=SPECIALIST)
    item = WorkItem.objects.of(dossier).open().select_related("dossier").get()
    item = take_step(item=item, actor=officer, now=at + timedelta(minutes=1))
    if state == "overdue":
        return
    item.dossier.refresh_from_db()
    new_due_on = proposed_extension(item, at)["new_due_on"]
    now = at + timedelta(minutes=2)
    row = ask_extension(item=item, new_due_on=new_due_on, reason=text, actor=officer, now=now)
    if state == "extended":
        head = User.objects.get(username=HEAD)
        approve_extension(extension=row, actor=head, now=at + timedelta(minutes=3))
