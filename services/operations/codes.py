"""References and dossier codes: random before the acceptance, counted after it."""

import secrets
from datetime import date

from django.db import connection

from services.queries.identifiers import identifier_of
from services.rules import rules_on

# The row is locked from here to the end of the transaction, as with SELECT FOR UPDATE, in one statement.
NEXT = """
insert into services_codecounter (unit_id, day, last) values (%s, %s, 1)
on conflict (unit_id, day) do update set last = services_codecounter.last + 1 returning last
"""
LETTERS = "ABCDEFGHJKLMNPQRTUVWXY346789"  # nothing that looks like something else


def new_reference() -> str:
    """What the filer gets before there is a code."""
    return random_reference("DK")


def random_reference(prefix: str) -> str:
    """28^10 of them, so that none is guessed or met twice."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(10))
    return f"{prefix}-{letters[:5]}-{letters[5:]}"


def new_pin() -> str:
    return f"{secrets.randbelow(1_000_000):06d}"


def take_code(*, unit_id: int, day: date) -> str:
    """The next code of the competent unit's day, taken under the lock of its counter; it never comes back.

    NĐ 118/2025 Đ.28: identifier of the competent organ, date, running number of the day.
    """
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [unit_id, day])
        (last,) = cursor.fetchone()
    return f"{identifier_of(unit_id, day)}-{day:%y%m%d}-{last:0{rules_on(day).code_digits}d}"
