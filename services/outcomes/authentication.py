"""Content of the words that authenticate copies, from what was asked for and compared with the originals."""

from typing import Any

from services.outcomes.kinds import Given, Rule, printed

NAMES = {"title": "name", "issuer": "issued_by", "pages": "pages", "copies": "copies"}


def copies(given: Given, rule: Rule) -> dict[str, Any]:
    """Each original with its pages and how many copies of it agree; one volume a year. NĐ 23/2015 Đ.13, 20"""
    rows: list[dict[str, Any]] = given.answers.get("documents") or []
    return {
        "papers": [{NAMES[key]: said for key, said in row.items() if said and key in NAMES} for row in rows],
        "requested_by": given.said("requester_name") or given.dossier.filer_name,
        "book": printed("book_of_copies", year=str(given.world.today.year)),
    }
