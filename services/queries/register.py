"""The register of the dossiers that a desk received: Form 07."""

from datetime import date, datetime, time, timedelta

from django.utils.timezone import get_current_timezone

from services.models import Dossier
from services.models.dossiers import DossierQuerySet


def received(unit_id: int, first: date, last: date) -> DossierQuerySet:
    """Accepted from `first` to `last`, both included, in the order of acceptance."""
    zone = get_current_timezone()
    begins = datetime.combine(first, time.min, zone)
    ends = datetime.combine(last + timedelta(days=1), time.min, zone)
    rows = Dossier.objects.filter(receiving_unit=unit_id, accepted_at__gte=begins, accepted_at__lt=ends)
    return rows.select_related("version").order_by("accepted_at", "id")


def earlier_in_year(unit_id: int, first: date) -> int:
    """How many rows stand in the register of the year before that day."""
    if first == first.replace(month=1, day=1):
        return 0
    return received(unit_id, first.replace(month=1, day=1), first - timedelta(days=1)).count()
