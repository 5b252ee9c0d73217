"""What a form need not ask: values from the sign-in and from registers, each with its source and its moment.

The names are those that forms give as their prefill source; docs/registers-of-the-state.md lists them. Nothing here
asks a register: it reads the evidence of one draft or dossier, and nothing else.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Party
from services.filers import CARD, SIGN_IN, Filer, vouched_by
from services.gathering import CHILD, COUPLE, DECEASED, PERSON, SPOUSE
from services.models import Evidence
from services.places import Place, resolve_place
from services.sources import MATCHES, Outcome, Query, SourceKey

ADDRESSES = ("residence", "current_residence", "origin", "birth_place")
SEXES = {"male": _("male"), "female": _("female")}
MARITAL_STATUSES = {
    "single": _("not married"),
    "married": _("married"),
    "divorced": _("divorced"),
    "widowed": _("widowed"),
}
FEMALE = "female"


@dataclass(frozen=True, slots=True)
class Prefilled:
    """`value` is what the form keeps: a code where there is a list, ISO 8601 for days, a mapping for a place. `text` is
    what people read. `source` is a SourceKey, "vneid" or "identity_card".
    """

    value: Any
    text: str
    source: str
    reference: str
    moment: datetime

    @property
    def label(self) -> str:
        """For display beside the value."""
        if self.source == SIGN_IN:
            return str(_("From your electronic identity"))
        if self.source == CARD:
            return str(_("From the identity card shown at the desk"))
        return str(MATCHES[SourceKey(self.source)])


Prefill = dict[str, Prefilled]


def prefill(
    evidence: "Iterable[Evidence] | QuerySet[Evidence]", *, citizen: Filer | None, on: date, now: datetime
) -> Prefill:
    """By name, e.g. `person.residence`. `citizen` is who files, when the dossier is about them. Registers win over
    the sign-in, newer answers over older ones, and what a register left out is not there.
    """
    found = [one for one in evidence if one.outcome == Outcome.FOUND and one.holds(now)]
    values: Prefill = _of_sign_in(citizen) if citizen else {}
    for one in sorted(found, key=lambda one: (_rank(one), one.asked_at, one.pk)):
        values |= _of_evidence(one, on)
    return values | _parents(values)


def waiting(evidence: Iterable[Evidence]) -> bool:
    """Whether a register has still to answer; the page may look again in a second, or go on without."""
    return any(one.outcome == Outcome.ASKED for one in evidence)


def _rank(evidence: Evidence) -> int:
    """Entries name a spouse with few values, the population database with all: it comes later and wins."""
    return 1 if evidence.source == SourceKey.POPULATION else 0


def _of_sign_in(citizen: Filer) -> Prefill:
    said = {"id_number": citizen.number, "name": citizen.name}
    if citizen.birth_on:
        said["birth_on"] = citizen.birth_on.isoformat()
    who = PERSON if citizen.party == Party.PERSON else "organisation"
    return {
        f"{who}.{name}": Prefilled(value, _text(name, value), vouched_by(citizen), "", citizen.updated_at)
        for name, value in said.items()
    }


def _of_evidence(evidence: Evidence, on: date) -> Prefill:
    values = evidence.values
    if evidence.query == Query.PERSON:
        return _all(evidence, evidence.about, values, on)
    if evidence.about == COUPLE:
        return _of_marriage(evidence, values, on)
    if evidence.query == Query.NEWBORN:
        return _of_notice(evidence, values, on)
    if evidence.about == DECEASED:
        facts = {**values.get("deceased", {}), **{key: value for key, value in values.items() if key != "deceased"}}
        return _all(evidence, DECEASED, facts, on)
    return {}


def _of_marriage(evidence: Evidence, values: Mapping[str, Any], on: date) -> Prefill:
    """Nobody is prefilled as spouse once the marriage has ended; the entry itself stays to be seen."""
    entry = {key: value for key, value in values.items() if key not in {"husband", "wife"}}
    filled = _all(evidence, "marriage", entry, on)
    if values.get("state", "valid") != "valid":
        return filled
    own = evidence.question.who.number
    couple = [values[role] for role in ("husband", "wife") if role in values]
    others = [one for one in couple if one.get("id_number") != own]
    return filled | _all(evidence, SPOUSE, others[0], on) if others else filled


def _of_notice(evidence: Evidence, values: Mapping[str, Any], on: date) -> Prefill:
    """`child` is the first-born of the notice, `child2` the second of twins."""
    notice = {key: value for key, value in values.items() if key not in {"mother", "children"}}
    filled = _all(evidence, "birth_notice", notice, on)
    for place, child in enumerate(values.get("children", []), start=1):
        name = CHILD if place == 1 else f"{CHILD}{place}"
        born = {**child, "birth_on": child["born_at"][:10], "birth_time": child["born_at"][11:16]}
        if values.get("hospital"):
            born["birth_place_text"] = ", ".join(filter(None, (values["hospital"], values.get("hospital_address"))))
        filled |= _all(evidence, name, born, on)
    return filled


def _parents(values: Prefill) -> Prefill:
    """Mother and father of the child that was just born, or of the couple's next: the person and the spouse, by sex."""
    roles = {PERSON: values.get("person.sex"), SPOUSE: values.get("spouse.sex")}
    mother = next((role for role, sex in roles.items() if sex and sex.value == FEMALE), None)
    father = next((role for role, sex in roles.items() if sex and sex.value != FEMALE and role != mother), None)
    filled: Prefill = {}
    for role, parent in ((mother, "mother"), (father, "father")):
        if role:
            prefix = f"{role}."
            own = {name.removeprefix(prefix): value for name, value in values.items() if name.startswith(prefix)}
            filled |= {f"{parent}.{name}": value for name, value in own.items() if "." not in name}
    return filled


def _all(evidence: Evidence, who: str, said: Mapping[str, Any], on: date) -> Prefill:
    moment = evidence.answered_at or evidence.asked_at
    filled: Prefill = {}
    for name, value in said.items():
        if name in {"father", "mother", "spouse", "guardian"}:
            filled |= _all(evidence, f"{who}.{name}", value, on)
            continue
        kept, text = _kept(name, value, on)
        if kept:
            filled[f"{who}.{name}"] = Prefilled(kept, text, evidence.source, evidence.reference, moment)
    return filled


def _kept(name: str, value: Any, on: date) -> tuple[Any, str]:
    """What the form keeps, and the words for it."""
    if name in ADDRESSES:
        place = resolve_place(value, on=on)
        return (place.to_json(), place.text) if place.is_known() else (None, "")
    if isinstance(value, Mapping) and {"code", "name"} <= set(value):
        return value["code"], str(value["name"])
    return value, _text(name, value)


def _text(name: str, value: Any) -> str:
    if name == "sex":
        return str(SEXES.get(value, value))
    if name == "marital_status":
        return str(MARITAL_STATUSES.get(value, value))
    if name.endswith("_on") and isinstance(value, str):
        return date.fromisoformat(value).strftime("%d/%m/%Y")
    return str(value)


__all__ = ["SIGN_IN", "Place", "Prefill", "Prefilled", "prefill", "waiting"]
