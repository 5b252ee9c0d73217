"""What the answers of a procedure's form mean for its dossier: whose affair, which unit decides, what data prove.

Rows of `services/data/about.json` by the code of the procedure; "*" holds for all that a row does not say.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from services.declarations.conditions import Condition, holds
from services.models.dossiers import NAME_LENGTH, SUMMARY_LENGTH

FILE = Path(__file__).parent / "data" / "about.json"
COMMON = "*"


class _Said(dict[str, str]):
    """Nothing stands for an answer that was not given."""

    def __missing__(self, _key: str) -> str:
        return ""


@dataclass(frozen=True, slots=True)
class About:
    """`owner`: pairs of answers with name and number, the first that was answered counts; `residence`: answers whose
    commune decides, in their order; `proves`: a component, and about whom a register must have answered for it;
    `only_if`: about whom registers count only under a condition, such as the filer's own child only for a parent;
    `mandate_if`: when the filer needs a mandate, `mandate_paper`: the components whose files are that paper.
    """

    owner: tuple[tuple[str, str], ...]
    summary: str
    residence: tuple[str, ...]
    phone: tuple[str, ...]
    wants: tuple[str, ...]
    proves: Mapping[str, str]
    only_if: Mapping[str, Condition]
    mandate_if: Condition
    mandate_paper: tuple[str, ...]

    def needs_mandate(self, answers: Mapping[str, Any]) -> bool:
        """Whether the filer acts for somebody else who must have authorised it. BLDS 2015 Đ.134, 138"""
        return holds(self.mandate_if, answers, frozenset())

    def concerns(self, whom: str, answers: Mapping[str, Any]) -> bool:
        """Whether what registers said about `whom` has to do with this filing."""
        return holds(self.only_if.get(whom), answers, frozenset())

    def owner_of(self, answers: Mapping[str, Any]) -> tuple[str, str]:
        """Name and number; empty when nobody is named."""
        for name, number in self.owner:
            if answers.get(name):
                return str(answers[name])[:NAME_LENGTH], str(answers.get(number, ""))
        return "", ""

    def summary_of(self, answers: Mapping[str, Any], *, procedure: str, owner: str) -> str:
        said = _Said({key: value for key, value in answers.items() if isinstance(value, str)})
        said |= {"procedure": procedure, "owner": owner}
        return self.summary.format_map(said)[:SUMMARY_LENGTH]

    def phone_of(self, answers: Mapping[str, Any]) -> str:
        return next((str(answers[key]) for key in self.phone if answers.get(key)), "")


@cache
def _rows() -> Mapping[str, Mapping[str, Any]]:
    rows: Mapping[str, Mapping[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))
    return rows


def about(code: str) -> About:
    row = {**_rows()[COMMON], **_rows().get(code, {})}
    return About(
        owner=tuple((name, number) for name, number in row["owner"]),
        summary=row["summary"],
        residence=tuple(row["residence"]),
        phone=tuple(row["phone"]),
        wants=tuple(row["wants"]),
        proves=row["proves"],
        only_if=row["only_if"],
        mandate_if=row["mandate_if"],
        mandate_paper=tuple(row["mandate_paper"]),
    )
