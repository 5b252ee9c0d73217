"""The columns of the list of dossiers: what each shows, for the page, for sheets and for REST."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.api.tables import Column, Row
from services.wording import CHANNELS
from services.wording_desk import state_in_words

# What the rows bring: names of fields, of `queries.lists.with_procedures`, and of the open step.
OWN_FIELDS = (
    "id", "code", "reference", "owner_name", "filer_name", "state", "stage", "channel", "submitted_at",
    "accepted_at", "next_due_at", "paused_at", "decided_at", "closed_at", "holder_id", "receiving_unit_id",
    "competent_unit_id", "returning_unit_id", "responsible_unit_id", "procedure", "procedure_name",
)  # fmt: skip
FIELDS = (*OWN_FIELDS, "step_name", "step_since")
STANDARD = ("dossier", "owner", "procedure", "state", "holder", "due")
UNITS = ("receiving", "competent", "returning", "responsible")


@dataclass(frozen=True, slots=True)
class Names:
    """Of whom and what the rows name by numbers."""

    now: datetime
    officers: Mapping[uuid.UUID, str] = field(default_factory=dict)
    units: Mapping[int, str] = field(default_factory=dict)


def columns_of(names: Names) -> dict[str, Column]:
    """All of them by their keys, in the order in which they are offered."""

    def unit(part: str) -> Column:
        title = UNIT_TITLES[part]
        return Column(f"{part}_unit", title, lambda row: names.units.get(row[f"{part}_unit_id"], ""), 30)

    found = [
        Column("dossier", gettext_lazy("Dossier"), lambda row: row["code"] or row["reference"], 26),
        Column("owner", gettext_lazy("Owner"), lambda row: row["owner_name"], 28, is_personal=True),
        Column("filer", gettext_lazy("Filer"), lambda row: row["filer_name"], 28, is_personal=True),
        Column("procedure", gettext_lazy("Procedure"), lambda row: row["procedure_name"], 40),
        Column("procedure_code", gettext_lazy("Code of the procedure"), lambda row: row["procedure"], 12),
        Column("state", gettext_lazy("State"), lambda row: state_in_words(row["state"], row["stage"]), 26),
        Column("step", gettext_lazy("Step"), lambda row: row["step_name"], 24),
        Column("holder", gettext_lazy("Held by"), lambda row: names.officers.get(row["holder_id"], ""), 24),
        Column("since", gettext_lazy("Since"), lambda row: row["step_since"]),
        Column("channel", gettext_lazy("Channel"), lambda row: str(CHANNELS[row["channel"]]), 14),
        Column("received", gettext_lazy("Filed"), lambda row: row["submitted_at"]),
        Column("accepted", gettext_lazy("Received"), lambda row: row["accepted_at"]),
        Column("due", gettext_lazy("Due"), lambda row: row["next_due_at"]),
        Column("lateness", gettext_lazy("Lateness"), lambda row: lateness_of(row, names.now), 14),
        Column("decided", gettext_lazy("Result issued"), lambda row: row["decided_at"]),
        Column("closed", gettext_lazy("Ended"), lambda row: row["closed_at"]),
        *(unit(part) for part in UNITS),
    ]
    return {column.key: column for column in found}


UNIT_TITLES = {
    "receiving": gettext_lazy("Receiving unit"),
    "competent": gettext_lazy("Competent organ"),
    "returning": gettext_lazy("Result is handed out at"),
    "responsible": gettext_lazy("Responsible now"),
}


def lateness_of(row: Row, now: datetime) -> str:
    """In a word; how much is left, the page counts in working time."""
    if row["closed_at"] or row["decided_at"] or not row["next_due_at"]:
        return ""
    if row["paused_at"]:
        return _("clock stands still")
    return _("late") if row["next_due_at"] < now else _("in time")


def picked(keys: Sequence[str], known: Mapping[str, Column]) -> list[Column]:
    """In the order of the list, the dossier always first; the standard ones where nothing sensible was picked."""
    wanted = {key for key in keys if key in known} or set(STANDARD)
    return [column for key, column in known.items() if key in wanted or key == "dossier"]
