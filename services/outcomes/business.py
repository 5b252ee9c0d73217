"""Content of the certificate of a household business, from what its owner declared and registers said."""

from collections.abc import Iterator
from typing import Any

from services.outcomes.civil_status import paper_of, without_nothing
from services.outcomes.kinds import Given, Rule


def household(given: Given, rule: Rule) -> dict[str, Any]:
    """Its number is the personal number of its owner, who is taxed for it. NĐ 168/2025, TT 86/2024"""
    number = given.said("owner_personal_number")
    owner = {
        "name": given.said("owner_name"),
        "born": given.words("owner_birth_day"),
        "sex": given.words("owner_sex"),
        "ethnicity": given.words("owner_ethnic_group"),
        "nationality": given.words("owner_nationality"),
        "paper": paper_of(number),
        "residence": given.words("owner_residence"),
    }
    return without_nothing(
        {
            "code": number,
            "name": given.said("business_name"),
            "address": given.words("business_address"),
            "phone": given.said("owner_phone"),
            "email": given.said("email"),
            "website": given.said("website"),
            "lines": list(_lines(given)),
            "capital": given.answers.get("capital"),
            "owner": without_nothing(owner),
            "members": list(_members(given)),
            "note": given.text,
        }
    )


def _lines(given: Given) -> Iterator[dict[str, Any]]:
    for row in given.answers.get("lines") or ():
        line = {"name": row.get("line_name"), "code": row.get("line_code"), "is_main": row.get("line_main")}
        yield without_nothing(line)


def _members(given: Given) -> Iterator[dict[str, Any]]:
    for row in given.answers.get("members") or ():
        one = given.of_row(row)
        member = {
            "name": one.said("member_name"),
            "born": one.words("member_birth_day"),
            "paper": paper_of(one.said("member_personal_number")),
            "residence": one.words("member_residence"),
        }
        yield without_nothing(member)
