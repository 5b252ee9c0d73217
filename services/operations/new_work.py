"""New work comes only to units that live, and that somebody will still answer for when they end."""

from datetime import datetime

from django.utils.timezone import localdate

from services.unit_errors import NotOpenUnitError
from units.operations import begin_work_at


def new_work_at(*units: int, now: datetime) -> None:
    """Before anything is locked: waits while an act ends one of the units. Raises NotOpenUnitError."""
    if begin_work_at(units, localdate(now)):
        raise NotOpenUnitError
