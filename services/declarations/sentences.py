"""What is said about a wrong answer: what to do, in the words of the form where it has them."""

from datetime import date
from typing import Any

from django.utils.translation import gettext

from portal.ui.wording import day
from services.declarations.definition import Kind, Question
from services.declarations.values import Wrong


def missing(question: Question) -> str:
    if question.missing:
        return str(question.missing)
    if question.kind in {Kind.CHOICE, Kind.SEVERAL, Kind.YES_NO}:
        return gettext("%(label)s: choose an answer.") % {"label": question.label}
    return gettext("%(label)s: write an answer.") % {"label": question.label}


def sentence(question: Question, wrong: Wrong) -> str:
    """Never longer than two sentences; the label says which question is meant."""
    return _template(question, wrong) % {"label": question.label, "limit": _limit(wrong.limit)}


def _limit(limit: Any) -> str:
    if isinstance(limit, date):
        return day(limit)
    return f"{limit:,}".replace(",", ".") if isinstance(limit, int) else str(limit)


def _template(question: Question, wrong: Wrong) -> str:
    if wrong.code == "malformed":
        return _malformed(question.kind)
    templates = {
        "too-short": gettext("%(label)s: write at least %(limit)s characters."),
        "too-long": gettext("%(label)s: at most %(limit)s characters. Shorten the answer."),
        "no-name": gettext("%(label)s: write the name with letters only."),
        "no-such-day": gettext("%(label)s: enter a date that exists, for example 7 11 2026."),
        "too-late": gettext("%(label)s: the date must not be after %(limit)s."),
        "too-early": gettext("%(label)s: the date must not be before %(limit)s."),
        "too-small": gettext("%(label)s: enter a number from %(limit)s."),
        "too-large": gettext("%(label)s: enter a number up to %(limit)s."),
        "no-unit": gettext("%(label)s: find the commune by its name, then choose it from the list."),
        "unit-ended": gettext("%(label)s: this commune has been reorganised. Choose the one of today."),
        "no-detail": gettext("%(label)s: write village, street and house number too, at most 200 characters."),
        "too-many": gettext("%(label)s: at most %(limit)s files. Remove some."),
        "no-file": gettext("%(label)s: attach the file again."),
        "no-choice": gettext("%(label)s: choose one of the answers shown."),
    }
    return templates.get(wrong.code, gettext("%(label)s: the answer cannot be read. Answer again."))


def _malformed(kind: Kind) -> str:
    templates = {
        Kind.DAY: gettext("%(label)s: enter day, month and year, for example 7 11 2026."),
        Kind.ROUGH_DAY: gettext("%(label)s: enter the year, and month and day if they are known."),
        Kind.TIME: gettext("%(label)s: write hour and minute, for example 14:30."),
        Kind.PERSONAL_NUMBER: gettext("%(label)s: enter the 12 digits of the personal number."),
        Kind.PHONE: gettext("%(label)s: enter a phone number that begins with 0, for example 0912345678."),
        Kind.EMAIL: gettext("%(label)s: write an e-mail address, for example ten@example.vn."),
        Kind.COUNT: gettext("%(label)s: write a whole number in digits."),
        Kind.MONEY: gettext("%(label)s: write the amount in VND, in digits."),
        Kind.FILES: gettext("%(label)s: attach the file again."),
    }
    return templates.get(kind, gettext("%(label)s: the answer cannot be read. Answer again."))


def unknown(key: str) -> str:
    return gettext("The form has no question “%(key)s”. Leave it out.") % {"key": key[:60]}


def not_an_object() -> str:
    return gettext("Send the answers as one JSON object.")


def bad_rows(page_title: object) -> str:
    return gettext("%(label)s: send a list of rows.") % {"label": page_title}


def too_few_rows(page_title: object, least: int) -> str:
    return gettext("%(label)s: add at least %(limit)s.") % {"label": page_title, "limit": least}


def too_many_rows(page_title: object, most: int) -> str:
    return gettext("%(label)s: at most %(limit)s. Remove some.") % {"label": page_title, "limit": most}
