"""What PostgreSQL says about days that do not fit, in words."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from staff.errors import BadDaysError, OverlapError, UnitNotAliveError

ERRORS = {"assignment_main_once": OverlapError, "unit_alive": UnitNotAliveError}


@contextmanager
def days_fit() -> Iterator[None]:
    """Around one write; afterwards the transaction goes on. Raises OverlapError, UnitNotAliveError, BadDaysError."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
        raise next((found for part, found in ERRORS.items() if part in name), BadDaysError) from error
