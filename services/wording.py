"""Labels of the closed lists, in the language of the reader."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from services.kinds import Channel, DataSource, Filer, Filing, Level, OnlineLevel

Label = str | Promise

CHANNELS: Mapping[str, Label] = {
    Channel.DESK: _("At the desk"),
    Channel.ONLINE: _("Online"),
    Channel.POST: _("By post"),
}
FILINGS: Mapping[str, Label] = {
    Filing.HERE: _("Online on this portal, or at the desk"),
    Filing.DESK_ONLY: _("At the desk"),
    Filing.HAND_OFF: _("On another system"),
}
ONLINE_LEVELS: Mapping[str, Label] = {
    OnlineLevel.FULL: _("Fully online"),
    OnlineLevel.PARTIAL: _("Partly online"),
    OnlineLevel.NONE: _("Not online"),
}
LEVELS: Mapping[str, Label] = {
    Level.MINISTRY: _("Ministry"),
    Level.PROVINCE: _("Province"),
    Level.COMMUNE: _("Commune"),
    Level.OTHER: _("Other organs"),
}
FILERS: Mapping[str, Label] = {
    Filer.CITIZEN: _("Vietnamese citizens"),
    Filer.OVERSEAS_VIETNAMESE: _("Vietnamese who live abroad"),
    Filer.FOREIGNER: _("Foreigners"),
    Filer.OFFICER: _("Officers and public employees"),
    Filer.ENTERPRISE: _("Enterprises"),
    Filer.FOREIGN_ENTERPRISE: _("Enterprises with foreign capital"),
    Filer.ORGANISATION: _("Organisations other than enterprises and cooperatives"),
    Filer.FOREIGN_ORGANISATION: _("Foreign organisations"),
    Filer.COOPERATIVE: _("Cooperatives"),
}
SOURCES: Mapping[str, Label] = {
    DataSource.POPULATION: _("the national population database"),
    DataSource.CIVIL_STATUS: _("the civil-status database"),
    DataSource.BIRTH_NOTICE: _("the hospital's electronic notice of birth"),
    DataSource.DEATH_NOTICE: _("the electronic death notice"),
    DataSource.BUSINESS: _("the business register"),
    DataSource.LAND: _("the land database"),
    DataSource.ISSUED_RESULT: _("results issued before"),
    DataSource.CRIMINAL_RECORD: _("the judicial records database"),
    "account": _("your account"),
    "identity_card": _("the identity card shown at the desk"),
    "answer": _("your answer above"),
}
UNVERIFIED: Mapping[str, Label] = {
    "valid_from": _("first day of effect"),
    "decision": _("number of the decision"),
    "decision_date": _("date of the decision"),
    "limit": _("time limit"),
    "sets": _("number of sets"),
    "name": _("official name"),
    "result_codes": _("codes of the results"),
    "parts": _("everything but name, field and decision"),
    "online_level": _("online level"),
    "order": _("order of steps"),
    "conditions": _("conditions"),
    "forms": _("list of forms"),
    "filing": _("where it is filed and which system works on it"),
    "identity_level": _("level of electronic identity"),
    "form_questions": _("questions of the declaration form"),
    "legal_basis": _("legal basis"),
}


def in_language(row: Mapping[str, Any], name: str = "name") -> tuple[str, str]:
    """A text that is stored in both languages, and the language that it is in: law is not always translated."""
    if (get_language() or "").startswith("en") and row.get(f"{name}_en"):
        return str(row[f"{name}_en"]), "en"
    return str(row[f"{name}_vi"]), "vi"


def duration(value: int, unit: str) -> str:
    """3 working days."""
    told = {
        "working_day": ngettext("%(count)d working day", "%(count)d working days", value),
        "day": ngettext("%(count)d day", "%(count)d days", value),
        "working_hour": ngettext("%(count)d working hour", "%(count)d working hours", value),
        "hour": ngettext("%(count)d hour", "%(count)d hours", value),
        "month": ngettext("%(count)d month", "%(count)d months", value),
    }
    return told[unit] % {"count": value}


def money(amount: int | None) -> str:
    if amount is None:
        return gettext("As the People's Council of the province decides")
    return gettext("Free of charge") if amount == 0 else dong(amount)


def dong(amount: int) -> str:
    return gettext("%(amount)s VND") % {"amount": f"{amount:,}".replace(",", ".")}


def limit(parts: Mapping[str, Any]) -> str:
    given = parts["limit"]
    if given["same_day_cutoff"]:
        return gettext("The same day; received from 15:00, the next working day")
    return duration(given["value"], given["unit"])
