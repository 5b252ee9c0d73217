"""Kinds and states of acts as people read them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from units.kinds import ActKind, Share
from units.models import ReorgEvent
from units.states import ActState

KINDS: dict[str, str | Promise] = {
    ActKind.LOAD: _("First load"),
    ActKind.CREATE: _("Units are created"),
    ActKind.MERGE: _("Units are merged"),
    ActKind.SPLIT: _("Units are split"),
    ActKind.CESSION: _("Parts of units go to others"),
    ActKind.BOUNDARY: _("A boundary is adjusted"),
    ActKind.RENAME: _("Units are renamed"),
    ActKind.RETYPE: _("Units become another type"),
    ActKind.TRANSFER: _("Units come under another unit"),
    ActKind.ABOLISH: _("Units are abolished"),
    ActKind.CORRECT: _("An act is corrected"),
}
STATES: dict[str, tuple[str | Promise, str]] = {
    ActState.DRAFT: (_("being drafted"), "grey"),
    ActState.SIMULATED: (_("simulated"), "blue"),
    ActState.SIGNED: (_("signed"), "purple"),
    ActState.SCHEDULED: (_("waits for its day"), "yellow"),
    ActState.EFFECTIVE: (_("in force"), "green"),
    ActState.CORRECTED: (_("corrected by a later act"), "orange"),
    ActState.WITHDRAWN: (_("withdrawn"), "grey"),
}


def state_of(act: ReorgEvent) -> tuple[str | Promise, str]:
    """In words, with the colour of its tag."""
    if act.state == ActState.SCHEDULED and act.trouble:
        return _("held up"), "red"
    return STATES[act.state]


SHARES: dict[str, str | Promise] = {
    Share.WHOLE: _("the whole"),
    Share.PART: _("a part"),
    Share.BOUNDARY: _("boundary only"),
}


def column_heads(kind: str) -> list[str]:
    """What stands in the columns of a pasted table, by the kind of the act."""
    first, second = _("Old unit"), _("Goes into")
    if kind == ActKind.CREATE:
        first, second = _("Unit above"), _("New unit")
    elif kind in (ActKind.RENAME, ActKind.RETYPE):
        first, second = _("Unit"), _("Name from the day on")
    elif kind == ActKind.TRANSFER:
        first, second = _("Unit"), _("Unit above from the day on")
    rest = [_("How much"), _("Default"), _("Unit code"), _("Villages"), _("Addresses"), _("Procedures")]
    return [str(head) for head in (first, second, *rest)]
