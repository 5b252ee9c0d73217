"""The head of an act: what it says of itself, judged before it is kept."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from units.kinds import ActKind
from units.models import ReorgEvent
from units.operations.errors import BadHead
from units.operations.steps import day_of
from units.states import ActState

LIMITS = {"legal_no": 60, "title": 300, "note": 300}
MOST_AHEAD = timedelta(days=20 * 366)  # beyond it stands a slip of the keys


@dataclass(frozen=True, slots=True)
class Head:
    """`unit_id`: the province that all of the act lies in, or the country. `corrects`: the act that it puts right."""

    kind: ActKind
    legal_no: str
    legal_date: date
    effective_on: date
    title: str
    unit_id: int
    file_sha256: bytes | None = None
    note: str = ""
    decide_days: int = 5
    corrects: int | None = None


def check_head(head: Head, now: datetime) -> Head:
    """The head as it is kept. Raises BadHead. Whether its number is free is known only once it is kept."""
    for name, limit in LIMITS.items():
        text = str(getattr(head, name)).strip()
        if (not text and name != "note") or len(text) > limit or not text.isprintable():
            raise BadHead(name, _("This field has 1 to %(limit)s characters.") % {"limit": limit})
    if head.kind is ActKind.LOAD:
        raise BadHead("kind", _("The country is loaded by a command, not by an act."))
    if not 1 <= head.decide_days <= 60:
        raise BadHead("decide_days", _("What no rule knew is decided within 1 to 60 working days."))
    if head.file_sha256 is not None and len(head.file_sha256) != 32:
        raise BadHead("file_sha256", _("The digest of the file is SHA-256, 32 bytes."))
    if (head.kind is ActKind.CORRECT) != (head.corrects is not None):
        raise BadHead("corrects", _("An act of this kind names the act that it corrects, and no other kind does."))
    if head.corrects is not None:
        return _correcting(head, head.corrects)
    if head.effective_on < day_of(now):
        words = _("An act takes effect today or later. What held before is put right by a correcting act.")
        raise BadHead("effective_on", words)
    if head.effective_on > day_of(now) + MOST_AHEAD:
        raise BadHead("effective_on", _("That day lies more than 20 years ahead. Look at the year again."))
    return head


def _correcting(head: Head, corrects: int) -> Head:
    """A correction holds from the day of what it corrects, in the same unit."""
    wrong = ReorgEvent.objects.filter(pk=corrects).first()
    if wrong is None or wrong.state != ActState.EFFECTIVE or wrong.kind == ActKind.LOAD or wrong.unit_id is None:
        raise BadHead("corrects", _("Only an act in force that was drafted here can be corrected."))
    return replace(head, effective_on=wrong.effective_on, unit_id=wrong.unit_id)
