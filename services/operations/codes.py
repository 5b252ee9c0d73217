"""References and dossier codes: random before the acceptance, counted after it."""

import secrets
from datetime import date

from services.models import CodeCounter
from services.queries.identifiers import identifier_of
from services.rules import rules_on

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
    CodeCounter.objects.get_or_create(unit_id=unit_id, day=day)
    counter = CodeCounter.objects.select_for_update().get(unit_id=unit_id, day=day)
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"{identifier_of(unit_id, day)}-{day:%y%m%d}-{counter.last:0{rules_on(day).code_digits}d}"
