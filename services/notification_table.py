"""Which facts of a dossier are told to its people, and in which words: dated rows of `data/notifications.json`.

A new fact gets a row there, in both languages; nothing else is needed. `when` narrows a row to events whose facts
agree.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.notifications.kinds import Kind

FILE = Path(__file__).parent / "data" / "notifications.json"
KINDS = (
    Kind(
        "dossier_status",
        _("Where my dossiers stand"),
        _("Received, accepted, decided, handed over and every other change. The law orders that you are told."),
        ordered=True,
    ),  # NĐ 224/2026 Đ.15.1g
    Kind(
        "dossier_requests",
        _("What I have to do"),
        _("Something is missing, a draft waits for you, or the desk wrote to you."),
        ordered=True,
    ),
    Kind(
        "petitions",
        _("Where my petitions stand"),
        _("Received, answered, refused and every other change of what you told an organ."),
        ordered=True,
    ),
    Kind(
        "dossier_steps",
        _("Each step inside the office"),
        _("Also when your dossier goes from one officer to the next and you need not do anything."),
        ordered=False,
    ),
    Kind(
        "invitations",
        _("Questions about how it was"),
        _("One short question when a dossier is finished."),
        ordered=False,
    ),
)


@dataclass(frozen=True, slots=True)
class Row:
    """`words[language]` has `title`, `text` and `sms`, with {code}, {unit}, {at}, {due}, {deadline} in them."""

    fact: str
    kind: str
    line: str
    valid_from: date
    valid_to: date | None
    when: Mapping[str, Any]
    words: Mapping[str, Mapping[str, str]]

    @property
    def name(self) -> str:
        """By which a sent message tells the text it was made of."""
        return f"{self.fact}/{self.kind}@{self.valid_from.isoformat()}"

    def holds(self, on: date, facts: Mapping[str, Any]) -> bool:
        in_force = self.valid_from <= on and (self.valid_to is None or on < self.valid_to)
        return in_force and all(facts.get(key) == value for key, value in self.when.items())


@cache
def rows() -> tuple[Row, ...]:
    return tuple(
        Row(
            row["fact"],
            row["kind"],
            row["line"],
            date.fromisoformat(row["valid_from"]),
            date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            row["when"],
            {language: row[language] for language in ("vi", "en")},
        )
        for row in json.loads(FILE.read_text(encoding="utf-8"))
    )


def told_facts() -> list[str]:
    return sorted({row.fact for row in rows()})


def rows_for(fact: str, on: date, facts: Mapping[str, Any]) -> list[Row]:
    return [row for row in rows() if row.fact == fact and row.holds(on, facts)]
