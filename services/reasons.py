"""Reasons for which a dossier is not received, as rows of `services/data/refusal_reasons.json`. The law has no list."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

FILE = Path(__file__).parent / "data" / "refusal_reasons.json"


@dataclass(frozen=True, slots=True)
class Reason:
    key: str
    text_vi: str
    text_en: str
    ground: str

    @property
    def text(self) -> str:
        """For the officer; what is printed stays Vietnamese."""
        return self.text_en if (get_language() or "").startswith("en") else self.text_vi


@cache
def refusal_reasons() -> dict[str, Reason]:
    rows = json.loads(FILE.read_text(encoding="utf-8"))
    return {row["key"]: Reason(**row) for row in rows}


def in_writing(*, why: str, text: str, ground: str) -> dict[str, str]:
    """Reason and ground as `reception.refuse` takes them; what is kept and printed is Vietnamese."""
    reason = refusal_reasons()[why]
    told = text if reason.key == "other" else f"{reason.text_vi}. {text}"
    return {"reason": told, "ground": ground or reason.ground}
