"""Number and notation of documents: "15/QĐ-UBND", and for letters "12/UBND-VP". NĐ 30/2020 PL I"""

from datetime import date

from documents.catalogue import document_type, usual_abbreviations
from documents.models.registers import OrganAbbreviation
from documents.registers.errors import UnknownDivisionError
from documents.registers.words import number_text

__all__ = ["abbreviation", "notation", "number_text"]

DRAFTING_OFFICE = "office"  # who drafts letters when nobody else is named


def notation(*, type_code: str, unit_id: int, division: str = "", on: date) -> str:
    """Of a named type "QĐ-UBND"; letters have no abbreviation of their own and name who drafted them: "UBND-VP".

    `division` is a code of the organ's divisions ("office"), or its abbreviation ("VP"). Legal normative documents
    bear the year: "2026/QĐ-UBND". Raises UnknownTypeError, UnknownDivisionError.
    """
    kind = document_type(type_code, on)
    organ = kind.organ or abbreviation(unit_id=unit_id, division="", on=on)
    if not kind.abbreviation:
        return f"{organ}-{abbreviation(unit_id=unit_id, division=division or DRAFTING_OFFICE, on=on)}"
    symbol = f"{kind.abbreviation}-{organ}"
    return f"{on.year}/{symbol}" if kind.with_year else symbol


def abbreviation(*, unit_id: int, division: str, on: date) -> str:
    """What the head of the organ has fixed for the day; else what is usual. Raises UnknownDivisionError."""
    fixed = {
        row.division: row.abbreviation
        for row in OrganAbbreviation.objects.filter(unit_id=unit_id, valid__contains=on).order_by("division", "id")
    }
    known = {row.code: row.abbreviation for row in usual_abbreviations(on)} | fixed
    if division in known:
        return known[division]
    if division in known.values():
        return division
    raise UnknownDivisionError
