"""How a text travels as SMS: its alphabet, and how many parts are paid for. 3GPP TS 23.038, 23.040"""

import json
import unicodedata
from pathlib import Path

LETTERS = json.loads((Path(__file__).parent / "data" / "gsm.json").read_text(encoding="utf-8"))
GSM, GSM_TWICE = set(LETTERS["once"]), set(LETTERS["twice"])  # those of the second set travel as two
GSM_ALONE, GSM_JOINED = 160, 153  # letters of one message, and of each part when there are several
UCS2_ALONE, UCS2_JOINED = 70, 67
OTHERS = str.maketrans(
    {"\u0111": "d", "\u0110": "D", "–": "-", "—": "-", "“": '"', "”": '"', "’": "'", "…": "...", "\u00a0": " "}
)


def without_accents(text: str) -> str:
    """Vietnamese as it is written where every accent costs: only letters that any telephone shows."""
    apart = unicodedata.normalize("NFD", text.translate(OTHERS))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def is_gsm(text: str) -> bool:
    return all(letter in GSM or letter in GSM_TWICE for letter in text)


def parts(text: str) -> int:
    """How many messages the network makes of it; at least one."""
    if is_gsm(text):
        length = sum(2 if letter in GSM_TWICE else 1 for letter in text)
        alone, joined = GSM_ALONE, GSM_JOINED
    else:
        length = len(text.encode("utf-16-be")) // 2
        alone, joined = UCS2_ALONE, UCS2_JOINED
    return 1 if length <= alone else -(-length // joined)
