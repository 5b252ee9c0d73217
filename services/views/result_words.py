"""What a draft of a result says, for the citizen who confirms it: each datum with its name, nothing left out."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.ui.wording import day
from services.outcomes.kinds import printed

Words = str | Promise
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# The parts of a layout's data, and what stands in them. Values are printed in Vietnamese for every reader.
PARTS: Mapping[str, Words] = {
    "child": _("The child"),
    "wife": _("The wife"),
    "husband": _("The husband"),
    "deceased": _("The deceased"),
    "death": _("The death"),
    "": _("The registration"),
}
ROLES: Mapping[str, Words] = {"mother": _("The mother"), "father": _("The father")}
NAMES: Mapping[str, Words] = {
    "name": _("Family name, middle name and given name"),
    "born_on": _("Date of birth"),
    "born_in": _("Year of birth"),
    "born": _("Date of birth"),
    "sex": _("Sex"),
    "ethnicity": _("Ethnic group"),
    "nationality": _("Nationality"),
    "born_at": _("Place of birth"),
    "native_place": _("Home town"),
    "residence": _("Residence"),
    "last_residence": _("Last residence"),
    "paper": _("Identity paper"),
    "personal_number": _("Personal number"),
    "died_at": _("Time of death"),
    "death_place": _("Place of death"),
    "cause": _("Cause of death"),
    "registered_at": _("Registered at"),
    "note": _("Note"),
}


def sections(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """As `components/summary_list.html` takes them, people first."""
    people = [part for name, value in content.items() for part in _parts(name, value)]
    rest = {name: value for name, value in content.items() if not isinstance(value, (dict, list))}
    return [*people, *([_section(PARTS[""], rest)] if rest else [])]


def _parts(name: str, value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield _section(PARTS[name], value)
    elif isinstance(value, list):
        for one in value:
            said = {key: told for key, told in one.items() if key != "role"}
            yield _section(next(words for key, words in ROLES.items() if printed(key) == one["role"]), said)


def _section(title: Words, said: Mapping[str, Any]) -> dict[str, Any]:
    rows = [{"key": NAMES[name], "value": _told(value), "lang": "vi"} for name, value in said.items()]
    return {"title": title, "rows": rows}


def _told(value: Any) -> str:
    text = str(value)
    return day(date.fromisoformat(text)) if DAY.fullmatch(text) else text
