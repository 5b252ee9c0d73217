"""Invented citizens of the sandbox (`data/people.json`). No real number begins with 000."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NOTES: dict[str, str | Promise] = {
    "ban": _("level 2, lives in the demo commune"),
    "sinh": _("level 1"),
    "binh": _("level 2, 76 years old"),
    "may": _("level 2, recently moved"),
    "khang": _("level 1, 12 years old, with a guardian"),
    "sato": _("level 2, foreigner with a residence card"),
    "hoptacxa": _("organisation"),
    "thang": _("level 2, account suspended"),
    "mot-cua": _("level 2, officer at the one-stop desk of the demo commune"),
    "chu-tich": _("level 2, officer: chair of the demo commune"),
    "my": _("level 2, mother of the demo family"),
    "pao": _("level 2, father of the demo family"),
    "mau": _("level 2, the population database has another birth date"),
    "tien": _("level 2, no current residence in the population database"),
    "nam": _("level 2, old address in a commune that was split"),
    "xuan": _("level 2, incomplete record in the population database"),
    "chia": _("level 2, mother of new twins"),
    "lan": _("level 2, widow: her husband died a few days ago"),
}


@dataclass(frozen=True)
class Person:
    """`claims` is what the provider says of them; `note` what the tester should know."""

    key: str
    claims: dict[str, Any]

    @property
    def name(self) -> str:
        return str(self.claims.get("TenDoanhNghiep") or self.claims["HoVaTen"])

    @property
    def note(self) -> str:
        return str(NOTES[self.key])


PEOPLE = tuple(
    Person(row["key"], row["claims"])
    for row in json.loads((Path(__file__).parent / "data" / "people.json").read_text(encoding="utf-8"))
)
BY_KEY = {person.key: person for person in PEOPLE}
