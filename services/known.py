"""What is known about a draft's people, in the names and shapes of the forms. One table leads there from `prefill`."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from services.about import About
from services.catalogue.parts import DATA
from services.declarations import Known, Sourced
from services.filers import SIGN_IN, Filer
from services.models import Evidence, ProcedureVersion
from services.prefill import Prefill, Prefilled, prefill

ACCOUNT = "account"
PEOPLE = ("person", "spouse", "deceased")  # who mother and father are, the form says by its own conditions
OF_PEOPLE = {
    "name": "name",
    "id_number": "personal_number",
    "birth_on": "birth_day",
    "sex": "sex",
    "ethnicity": "ethnic_group",
    "nationality": "nationality",
    "residence": "residence",
    "origin": "hometown",
}
NAMES = {
    **{f"{who}.{theirs}": f"{who}.{ours}" for who in PEOPLE for theirs, ours in OF_PEOPLE.items()},
    "child.birth_on": "child.birth_day",
    "child.sex": "child.sex",
    "child.birth_place_text": "notice.place",
    "birth_notice.notice": "notice.number",
    "birth_notice.issued_on": "notice.day",
    "deceased.notice": "notice.number",
    "deceased.issued_on": "notice.day",
    "marriage.number": "marriage.number",
}
# The same people, as the list of the forms writes them.
SPELLINGS: dict[str, str] = json.loads((DATA / "spellings.json").read_text(encoding="utf-8"))
HOME = "VNM"


def known_of(
    evidence: Iterable[Evidence],
    *,
    version: ProcedureVersion,
    about: About,
    citizen: Filer | None,
    on: date,
    now: datetime,
) -> Known:
    """For `World.known`: what registers and the sign-in say, and the components that need no paper any more."""
    rows = list(evidence)
    found = prefill(rows, citizen=citizen, on=on, now=now)
    values = {NAMES[name]: said for name, one in found.items() if name in NAMES and (said := _in_form(name, one))}
    if child := _nationality_at_birth(found):
        values["child.nationality"] = child
    if married := _marriage(found):
        values["marriage.registered"] = married
    return Known(values, frozenset(proofs(rows, version=version, about=about, now=now)))


def proofs(
    evidence: Iterable[Evidence], *, version: ProcedureVersion, about: About, now: datetime
) -> dict[str, Evidence]:
    """By component: the newest answer of the register that may replace it, about the person whom the row names."""
    holding = sorted((one for one in evidence if one.holds(now)), key=lambda one: (one.asked_at, one.pk))
    proven: dict[str, Evidence] = {}
    for part in version.parts.get("components", []):
        source = part.get("replaceable_by")
        for one in holding if source else ():
            told = one.component == part["key"] or (not one.component and about.proves.get(part["key"]) == one.about)
            if told and one.source == source and one.values.get("state", "valid") == "valid":
                proven[part["key"]] = one
    return proven


def _in_form(name: str, one: Prefilled) -> Sourced | None:
    kind = name.rpartition(".")[2]
    value = _value(kind, one)
    origin = ACCOUNT if one.source == SIGN_IN else one.source
    return Sourced(value, origin, one.moment) if value else None


def _value(kind: str, one: Prefilled) -> Any:
    if kind == "residence":
        return _place(one.value, detail=True)
    if kind == "origin":
        return _place(one.value, detail=False)
    if kind == "ethnicity":
        return SPELLINGS.get(one.text, one.text)
    return one.text if kind == "nationality" else one.value


def _place(value: Mapping[str, Any], *, detail: bool) -> dict[str, Any] | None:
    """Nothing for a commune that was split: people choose, the portal doesn't."""
    if not value.get("unit_id"):
        return None
    return {"unit": value["unit_id"]} | ({"detail": value["detail"]} if detail else {})


def _marriage(found: Prefill) -> Sourced | None:
    """Only that a marriage holds is known: that none is found may lie in books that nobody has typed in yet."""
    entry, state = found.get("marriage.number"), found.get("marriage.state")
    if entry is None or state is None or state.value != "valid":
        return None
    return Sourced(value=True, origin=entry.source, at=entry.moment)


def _nationality_at_birth(found: Prefill) -> Sourced | None:
    """A child both of whose parents are Vietnamese is Vietnamese. Luật Quốc tịch 2008 Đ.15"""
    parents = [found.get(f"{who}.nationality") for who in ("person", "spouse")]
    if "child.birth_on" not in found or not all(one and one.value == HOME for one in parents):
        return None
    told = parents[0]
    return Sourced(told.text, told.source, told.moment) if told else None
