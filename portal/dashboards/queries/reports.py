"""Reports that were frozen."""

from portal.dashboards.models import FrozenReport
from portal.dashboards.periods import Period


def frozen(unit_id: int, period: Period) -> FrozenReport | None:
    return FrozenReport.objects.filter(unit=unit_id, first=period.first, last=period.last).first()
