"""Every row of a dossier in one digest, so that a refusal is seen to have changed nothing."""

from typing import Any
from uuid import UUID

from django.db import connection

OF_DOSSIER = (
    "clockentry", "component", "handover", "message", "note", "rating", "supplement", "workitem", "confirmation",
    "consultation", "extension", "realmoment", "correction", "fee", "payment", "refund", "printedform",
)  # fmt: skip
OF_PETITION = ("petitionclock", "petitionentry")


def _query(head: str, tables: tuple[str, ...], column: str) -> str:
    parts = [f"select md5(t::text) as row from {head} t where id = %(id)s"]
    parts += [f"select md5(t::text) from services_{table} t where {column} = %(id)s" for table in tables]
    return f"select md5(string_agg(row, '' order by row)) from ({' union all '.join(parts)}) rows"


DOSSIER = _query("services_dossier", OF_DOSSIER, "dossier_id")
PETITION = _query("services_petition", OF_PETITION, "petition_id")


def fingerprint(thing: Any) -> str:
    """Of the dossier that the thing belongs to, or of the petition; empty for what has neither."""
    row = thing[0] if isinstance(thing, tuple) else thing
    name = type(row).__name__
    if name == "Petition":
        return _ask(PETITION, row.pk)
    key = row.pk if name == "Dossier" else getattr(row, "dossier_id", None)
    return _ask(DOSSIER, key) if key else ""


def _ask(query: str, key: UUID) -> str:
    with connection.cursor() as cursor:
        cursor.execute(query, {"id": key})
        return str(cursor.fetchone()[0])
