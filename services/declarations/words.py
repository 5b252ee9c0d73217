"""Texts that come as data in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import get_language


@dataclass(frozen=True, slots=True)
class Words:
    """One text in both languages; `str()` is the one of the reader. Vietnamese stands in where English is missing."""

    vi: str = ""
    en: str = ""

    def __str__(self) -> str:
        return (self.en or self.vi) if (get_language() or "").startswith("en") else self.vi

    def __bool__(self) -> bool:
        return bool(self.vi)


NO_WORDS = Words()


def words(value: Mapping[str, str] | None) -> Words:
    return Words(value.get("vi", ""), value.get("en", "")) if value else Words()
