"""How long what is kept, as dated rows of `services/data/retention_rules.json`; a change is a new set of rows.

A rule that nobody has compared with its legal text is marked `verified: false` there, and pages say so.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

from portal.accounts.models.users import STALE_AFTER
from portal.notifications.rules import rules_on as notification_rules_on
from services.retention_kinds import From, Kept, Then
from services.rules import rules_on

FILE = Path(__file__).parent / "data" / "retention_rules.json"
ANY = "*"
UNACCEPTED = "unaccepted"
# What another rule of the portal says already is not said a second time.
ELSEWHERE: Mapping[str, Callable[[date], timedelta]] = {
    "desk.draft_days": lambda on: rules_on(on).draft_kept,
    "notifications.kept_days": lambda on: notification_rules_on(on).kept,
    "accounts.session_days": lambda _on: STALE_AFTER,
}


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """`months` None and no `days_from`: for ever. The first rule of a kind that fits a thing counts for it."""

    key: str
    kind: Kept
    fields: tuple[str, ...]
    procedures: tuple[str, ...]
    only_unaccepted: bool
    months: int | None
    days_from: str
    counted_from: From
    then: Then
    archive_first: bool
    ground: str
    verified: bool
    text_vi: str
    text_en: str

    @property
    def text(self) -> str:
        return self.text_en if (get_language() or "").startswith("en") else self.text_vi

    @property
    def is_for_all(self) -> bool:
        return ANY in self.fields

    @property
    def is_for_ever(self) -> bool:
        return self.months is None and not self.days_from

    def days(self, on: date) -> int | None:
        """Of a rule that another rule of the portal sets."""
        return ELSEWHERE[self.days_from](on).days if self.days_from else None

    def fits(self, *, field: str, procedure: str, accepted: bool) -> bool:
        if self.only_unaccepted and accepted:
            return False
        return self.is_for_all or field in self.fields or procedure in self.procedures


@dataclass(frozen=True, slots=True)
class RetentionRules:
    """From `valid_from` until before `valid_to` (None: open). What is due is judged by the rules of the day on which
    it is judged: a longer time also holds for what ended before.
    """

    valid_from: date
    valid_to: date | None
    rules: tuple[RetentionRule, ...]

    def holds(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)

    def of(self, kind: Kept) -> tuple[RetentionRule, ...]:
        return tuple(rule for rule in self.rules if rule.kind is kind)

    def rule(self, key: str) -> RetentionRule:
        return next(rule for rule in self.rules if rule.key == key)

    def for_dossier(self, kind: Kept, *, field: str, procedure: str, accepted: bool) -> RetentionRule:
        return next(rule for rule in self.of(kind) if rule.fits(field=field, procedure=procedure, accepted=accepted))


def _rule(row: Mapping[str, Any]) -> RetentionRule:
    return RetentionRule(
        row["key"],
        Kept(row["kind"]),
        tuple(row["fields"]),
        tuple(row["procedures"]),
        row.get("only") == UNACCEPTED,
        row.get("months"),
        row.get("days_from", ""),
        From(row["from"]),
        Then(row["then"]),
        row["archive_first"],
        row["ground"],
        row["verified"],
        row["text_vi"],
        row["text_en"],
    )


@cache
def _all() -> tuple[RetentionRules, ...]:
    return tuple(
        RetentionRules(
            date.fromisoformat(row["valid_from"]),
            date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            tuple(_rule(one) for one in row["rules"]),
        )
        for row in json.loads(FILE.read_text(encoding="utf-8"))
    )


def retention_rules_on(on: date) -> RetentionRules:
    """The set of the day; of a day before the data the first."""
    return next((row for row in _all() if row.holds(on)), _all()[0])
