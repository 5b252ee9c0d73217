"""Reasons for which a dossier is not received, or its work is stopped: rows of `refusal_reasons.json` and
`stop_reasons.json`. The law has no list.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Reason:
    key: str
    text_vi: str
    text_en: str
    ground: str
    refund: str = ""  # of a stop: by_rule (the sector's law decides), full, none; UNVERIFIED, hence data
    offered: bool = True  # to officers; the others follow by themselves

    @property
    def text(self) -> str:
        """For the officer; what is printed stays Vietnamese."""
        return self.text_en if (get_language() or "").startswith("en") else self.text_vi


@cache
def refusal_reasons() -> dict[str, Reason]:
    return _read("refusal_reasons.json")


@cache
def stop_reasons() -> dict[str, Reason]:
    return _read("stop_reasons.json")


def _read(name: str) -> dict[str, Reason]:
    rows = json.loads((DATA / name).read_text(encoding="utf-8"))
    return {row["key"]: Reason(**row) for row in rows}


def in_writing(*, why: str, text: str, ground: str) -> dict[str, str]:
    """Reason and ground as `reception.refuse` takes them; what is kept and printed is Vietnamese."""
    return _worded(refusal_reasons()[why], text, ground)


def stop_in_writing(*, why: str, text: str, ground: str) -> dict[str, str]:
    """The same, as `citizen.stop` takes them."""
    return _worded(stop_reasons()[why], text, ground)


def _worded(reason: Reason, text: str, ground: str) -> dict[str, str]:
    told = text if reason.key == "other" else f"{reason.text_vi}. {text}"
    return {"reason": told, "ground": ground or reason.ground}


def refund_of(why: str) -> dict[str, str]:
    """Facts of an ending for whoever keeps the money: by_rule, full or none. The dossier itself moves no money."""
    return {"why": why, "refund": stop_reasons()[why].refund}
