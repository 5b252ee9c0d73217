"""What in a text leads to a person, as far as a program can tell: numbers of 12 digits, phones, e-mail, known names."""

import re
from collections.abc import Iterable

from django.utils.translation import gettext

from units.sorting import search_key

NUMBER = re.compile(r"(?<!\d)\d(?:[ .\-]?\d){11}(?!\d)")
PHONE = re.compile(r"(?<![\w.\-])(?:\+?84|0)(?:[ .\-()]{0,2}\d){8,10}(?![\d])")
EMAIL = re.compile(r"[^\s@<>(),;:]+@[^\s@<>(),;:]+\.[^\s@<>(),;:.]{2,}")
WORD = re.compile(r"[^\W_]+")
SHORTEST_NAME = 5  # letters; shorter ones are words of the language too


def personal_marks(text: str, *, names: Iterable[str] = ()) -> list[str]:
    """The kinds that were found, in words; empty when nothing was."""
    found = []
    if NUMBER.search(text):
        found.append(gettext("a number of 12 digits"))
    if PHONE.search(text):
        found.append(gettext("a phone number"))
    if EMAIL.search(text):
        found.append(gettext("an e-mail address"))
    said = f" {search_key(' '.join(WORD.findall(text)))} "
    for name in names:
        key = search_key(" ".join(name.split()))
        if len(key) >= SHORTEST_NAME and f" {key} " in said:
            found.append(gettext("the name of a person concerned"))
            break
    return found
