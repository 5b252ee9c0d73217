"""Entries of the civil-status register in our words. Field names are UNVERIFIED: nothing about them is published."""

from collections.abc import Mapping
from typing import Any

from integrations.registers.client import GarbageError
from integrations.registers.mapping import iso, part, plain_name, relative, text, without_nothing
from services.sources import Query, Question

KINDS = {Query.MARRIAGE: "ket-hon", Query.BIRTH: "khai-sinh", Query.DEATH: "khai-tu"}  # our query -> their Loai
STATES = {"1": "valid", "2": "divorced", "3": "widowed", "4": "annulled"}
ENTRY = ("number", "book", "registered_on", "office", "office_code")
OFFERS: dict[Query, tuple[str, ...]] = {
    Query.MARRIAGE: (*ENTRY, "state", "husband", "wife"),
    Query.BIRTH: (*ENTRY, "child", "mother", "father", "birth_place_text"),
    Query.DEATH: (*ENTRY, "deceased", "died_on", "death_place_text"),
}


def entry(said: Mapping[str, Any], question: Question) -> tuple[str, dict[str, Any]]:
    """Reference and values of one entry. Raises GarbageError when the person asked about is not in it."""
    office = part(said.get("CoQuan"))
    number, book = text(said.get("So")), text(said.get("QuyenSo"))
    values: dict[str, Any] = {
        "number": number,
        "book": book,
        "registered_on": iso(said.get("NgayDangKy")),
        "office": text(office.get("Ten")),
        "office_code": text(office.get("Ma")),
        "state": STATES.get(text(said.get("TrangThai")), ""),
        "husband": relative(said.get("Chong")),
        "wife": relative(said.get("Vo")),
        "child": relative(said.get("Con")),
        "mother": relative(said.get("Me")),
        "father": relative(said.get("Cha")),
        "birth_place_text": text(part(said.get("Con")).get("NoiSinh")),
        "deceased": relative(said.get("NguoiChet")),
        "died_on": iso(said.get("NgayChet")),
        "death_place_text": text(said.get("NoiChet")),
    }
    people = [values[role] for role in ("husband", "wife", "child", "deceased") if values[role]]
    if not number or not any(_is(person, question) for person in people):
        raise GarbageError("The entry is none, or about somebody else.")
    return f"{number} ({book})" if book else number, without_nothing(values)


def _is(person: Mapping[str, Any], question: Question) -> bool:
    same_name = plain_name(person.get("name", "")) == plain_name(question.who.name)
    return person.get("id_number") == question.who.number and same_name
