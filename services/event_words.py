"""The facts of this app in words, for people who read the record of what was done."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.events.wording import register, register_details
from services.events import Fact
from services.sources import NAMES, SourceKey, Why

register(
    {
        Fact.SOURCE_ASKED: gettext_lazy("A register of the state was asked about you"),
        Fact.SOURCE_ANSWERED: gettext_lazy("A register of the state answered about you"),
        Fact.EVIDENCE_MOVED: gettext_lazy("What registers said went with your dossier to the organs that handle it"),
        Fact.EVIDENCE_FORGOTTEN: gettext_lazy("What registers said for a draft was deleted"),
        Fact.PROCEDURE_PUBLISHED: gettext_lazy("A version of a procedure was published"),
        Fact.PROCEDURE_WITHDRAWN: gettext_lazy("A procedure was withdrawn"),
        Fact.CATALOGUE_LOADED: gettext_lazy("The catalogue of procedures was loaded"),
    }
)


FIELDS = {
    "activities": gettext_lazy("trades"),
    "address": gettext_lazy("address"),
    "birth_on": gettext_lazy("date of birth"),
    "birth_place": gettext_lazy("place of birth registration"),
    "birth_place_text": gettext_lazy("place of birth"),
    "birth_year": gettext_lazy("year of birth"),
    "book": gettext_lazy("book"),
    "cause": gettext_lazy("cause of death"),
    "child": gettext_lazy("child"),
    "children": gettext_lazy("children"),
    "current_residence": gettext_lazy("current residence"),
    "death_place_text": gettext_lazy("place of death"),
    "deceased": gettext_lazy("deceased person"),
    "died_at": gettext_lazy("moment of death"),
    "died_on": gettext_lazy("day of death"),
    "ethnicity": gettext_lazy("ethnicity"),
    "father": gettext_lazy("father"),
    "hospital": gettext_lazy("hospital"),
    "hospital_address": gettext_lazy("address of the hospital"),
    "hospital_code": gettext_lazy("code of the hospital"),
    "husband": gettext_lazy("husband"),
    "id_number": gettext_lazy("personal number"),
    "issued_on": gettext_lazy("date of issue"),
    "kind": gettext_lazy("kind"),
    "marital_status": gettext_lazy("marital status"),
    "mother": gettext_lazy("mother"),
    "name": gettext_lazy("full name"),
    "nationality": gettext_lazy("nationality"),
    "notice": gettext_lazy("number of the notice"),
    "number": gettext_lazy("number"),
    "office": gettext_lazy("registering organ"),
    "office_code": gettext_lazy("code of the registering organ"),
    "old_id_number": gettext_lazy("old identity card number"),
    "origin": gettext_lazy("home town"),
    "papers": gettext_lazy("issued papers"),
    "registered_on": gettext_lazy("day of registration"),
    "representative": gettext_lazy("representative"),
    "residence": gettext_lazy("permanent residence"),
    "sex": gettext_lazy("sex"),
    "spouse": gettext_lazy("husband or wife"),
    "state": gettext_lazy("state"),
    "wife": gettext_lazy("wife"),
}
PURPOSES = {
    Why.PREFILL: gettext_lazy("fill in the form for you"),
    Why.REPLACE: gettext_lazy("replace a paper"),
    Why.RECHECK: gettext_lazy("check again before the decision"),
}


def _asked(facts: Mapping[str, Any]) -> str:
    return _("%(source)s. Purpose: %(purpose)s. Asked for: %(fields)s") % {
        "source": _name(facts),
        "purpose": str(PURPOSES.get(facts.get("purpose", ""), "")),
        "fields": _listed(facts),
    }


def _answered(facts: Mapping[str, Any]) -> str:
    given = _listed(facts) or _("nothing")
    return _("%(source)s. Given: %(fields)s") % {"source": _name(facts), "fields": given}


def _listed(facts: Mapping[str, Any]) -> str:
    return ", ".join(str(FIELDS.get(name, name)) for name in facts.get("fields", []))


def _name(facts: Mapping[str, Any]) -> str:
    key = facts.get("source", "")
    return str(NAMES[SourceKey(key)]) if key in set(SourceKey) else str(key)


register_details({Fact.SOURCE_ASKED: _asked, Fact.SOURCE_ANSWERED: _answered})
