"""A version of a procedure in words: lines of lists, and the published parts of its page."""

from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from portal.ui.wording import day
from services import wording
from services.kinds import Channel, Filing
from services.models import ProcedureVersion

Row = dict[str, Any]


def address(code: str, on: date | None = None) -> str:
    url = reverse("services:procedure", kwargs={"code": code})
    return f"{url}?ngay={on}" if on else url


def name(version: ProcedureVersion) -> tuple[str, str]:
    return wording.in_language({"name_vi": version.name_vi, "name_en": version.name_en})


def line(version: ProcedureVersion) -> Row:
    told, language = name(version)
    levels = ", ".join(str(wording.LEVELS[level]) for level in version.levels)
    return {
        "url": address(version.code),
        "name": told,
        "language": language,
        "code": version.code,
        "field": version.field,
        "levels": levels,
        "filing": wording.FILINGS[version.filing],
        "here": version.filing == Filing.HERE,
    }


def version_line(version: ProcedureVersion, shown: ProcedureVersion) -> Row:
    last = day(version.until - timedelta(days=1)) if version.until else ""
    first = day(version.first_day)
    told = gettext("From %(first)s to %(last)s") if last else gettext("From %(first)s")
    return {
        "text": told % {"first": first, "last": last},
        "decision": version.decision_no,
        "url": "" if version.pk == shown.pk else address(version.code, version.first_day),
    }


def facts(version: ProcedureVersion) -> Row:
    told, language = name(version)
    common = {"name": told, "name_language": language, "head": _head(version), "doubts": _doubts(version)}
    if version.in_name:
        return common
    parts = version.parts
    return {
        **common,
        "summary": _summary(version),
        "order": [_bilingual(row) for row in parts["order"]],
        "channels": [_channel(row) for row in parts["channels"]],
        "limit_notes": parts["limit"]["notes_vi"],
        "limit_variants": [_variant(row) for row in parts["limit"]["cases"]],
        "components": [_component(row, parts) for row in parts["components"]],
        "results": [_result(row) for row in parts["results"]],
        "conditions": parts["conditions"],
        "legal_basis": parts["legal_basis"],
        "forms": [row["name_vi"] for row in parts["forms"]],
        "fee_rule": parts["fees"]["rule_vi"],
    }


def _bilingual(row: Row) -> Row:
    text, language = wording.in_language({"name_vi": row["vi"], "name_en": row.get("en", "")})
    return {"text": text, "language": language}


def _head(version: ProcedureVersion) -> list[Row]:
    rows = [
        {"key": gettext("Code"), "value": version.code},
        {"key": gettext("Field"), "value": version.field, "lang": "vi"},
        {
            "key": gettext("Decision"),
            "value": version.decision_no or gettext("Not known"),
            "lang": "vi" if version.decision_no else "",
        },
        {"key": gettext("Level"), "value": ", ".join(str(wording.LEVELS[level]) for level in version.levels)},
    ]
    if not version.is_local:
        rows.append({"key": gettext("Worked on by"), "value": gettext("A central system; this portal only shows it")})
    return rows


def _summary(version: ProcedureVersion) -> list[Row]:
    parts = version.parts
    rows = [
        {"key": gettext("Time limit"), "value": wording.limit(parts)},
        {"key": gettext("Fee"), "value": wording.money(parts["fees"]["amount_vnd"])},
        {"key": gettext("Who may file"), "value": "; ".join(str(wording.FILERS[one]) for one in parts["applicants"])},
        {"key": gettext("Who decides"), "value": parts["organs"]["competent"], "lang": "vi"},
        {"key": gettext("Where to file"), "value": wording.FILINGS[version.filing]},
        {
            "key": gettext("Online"),
            "value": wording.ONLINE_LEVELS[version.online_level],
            "source": version.online_reason_vi,
        },
        {"key": gettext("Number of sets"), "value": parts["sets"]},
    ]
    if version.min_identity_level and version.filing != Filing.DESK_ONLY:
        level = gettext("Electronic identity of level %(level)d") % {"level": version.min_identity_level}
        rows.append({"key": gettext("To file online you need"), "value": level})
    return rows


def _channel(row: Row) -> list[Row]:
    """One row of the table."""
    limit = wording.duration(row["limit"]["value"], row["limit"]["unit"])
    return [
        {"text": wording.CHANNELS[Channel(row["channel"])]},
        {"text": limit, "label": gettext("Time limit")},
        {"text": wording.money(row["fee_vnd"]), "label": gettext("Fee")},
    ]


def _variant(row: Row) -> Row:
    time = wording.duration(row["value"], row["unit"])
    told = gettext("%(time)s more") % {"time": time} if row["mode"] == "add" else time
    return {"text": row["condition_vi"], "time": told}


def _component(row: Row, parts: Row) -> Row:
    told, language = wording.in_language(row)
    instead = next((one for one in parts["components"] if one["key"] == row.get("alternative_to")), None)
    source = row.get("replaceable_by")
    return {
        "name": told,
        "language": language,
        "amount": _amount(row),
        "condition": row["condition_vi"],
        "data": gettext("Not needed when %(source)s has it") % {"source": wording.SOURCES[source]} if source else "",
        "instead": gettext("In place of: %(name)s") % {"name": wording.in_language(instead)[0]} if instead else "",
        "required": row["required"],
    }


def _amount(row: Row) -> str:
    if row["present"]:
        return gettext("Only shown, then given back")
    told = []
    if row["originals"]:
        told.append(gettext("Originals: %(count)d") % {"count": row["originals"]})
    if row["copies"]:
        told.append(gettext("Copies: %(count)d") % {"count": row["copies"]})
    return ", ".join(told) or gettext("The office looks it up")


def _result(row: Row) -> Row:
    told, language = wording.in_language(row)
    return {"name": told, "language": language, "code": row["code"] or ""}


def _doubts(version: ProcedureVersion) -> list[str]:
    return [str(wording.UNVERIFIED.get(one, one)) for one in version.unverified]
