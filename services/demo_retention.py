"""Dossiers of the demo that ended months ago: one is held, one is in a package that waits for the archive."""

from datetime import datetime, timedelta

from portal.accounts.models import User
from services.archive_writing import written
from services.models import Dossier
from services.operations.archiving import begin_package
from services.operations.citizen import withdraw
from services.operations.holds import set_hold
from services.queries.archive import years_to_archive
from services.retention_kinds import Cause

DESK, HEAD, CLERK = "mot-cua", "chu-tich", "van-thu"
ENDED, HELD = "ended", "ended_held"
STATES = frozenset({ENDED, HELD})


def go_on(dossier: Dossier, state: str, text: str, at: datetime) -> None:
    """From the acceptance on, a minute a deed."""
    officer = User.objects.get(username=DESK)
    found = Dossier.objects.get(pk=dossier.pk)
    done = withdraw(dossier=found, reason=text, actor=officer, now=at + timedelta(minutes=1))
    if state == HELD:
        head = User.objects.get(username=HEAD)
        set_hold(dossier=done, cause=Cause.COMPLAINT, reason=text, actor=head, now=at + timedelta(minutes=2))


def load(*, unit_id: int, now: datetime) -> None:
    """A package of the first year that has something to hand over, written to its end."""
    clerk = User.objects.get(username=CLERK)
    for unit, year, _number in years_to_archive([unit_id], now)[:1]:
        package = begin_package(unit_id=unit, year=year, actor=clerk, now=now)
        for _block in written(package, actor=clerk, now=now):
            pass
