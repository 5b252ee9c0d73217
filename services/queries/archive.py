"""What goes to the archive, and what is on its way there."""

import uuid
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.db.models.functions import ExtractYear
from django.utils.timezone import get_default_timezone, localdate

from portal.accounts.models import User
from services.models import ArchivePackage, Dossier, PackagedDossier
from services.queries.retention import archive_first, records_units
from services.states import CLOSED

MOST = 500  # dossiers of one package; a further one takes the rest


def lasting(on: date) -> QuerySet[Any]:
    """Closed dossiers of which a rule says that the archive has them first, and which no package holds yet."""
    closed = Dossier.objects.filter(state__in=[str(one) for one in CLOSED], minimised_at=None)
    packaged = PackagedDossier.objects.filter(dossier=OuterRef("pk"))
    return archive_first(closed, on=on).filter(~Exists(packaged))


def to_archive(unit_id: int, year: int, now: datetime) -> QuerySet[Any]:
    """Of one unit, those that ended in the year, in the order of their end."""
    zone = get_default_timezone()
    first, end = datetime(year, 1, 1, tzinfo=zone), datetime(year + 1, 1, 1, tzinfo=zone)
    rows = lasting(localdate(now)).filter(responsible_unit=unit_id, closed_at__gte=first, closed_at__lt=end)
    return rows.order_by("closed_at", "id")


def years_to_archive(units: list[int], now: datetime) -> list[tuple[int, int, int]]:
    """Unit, year and how many dossiers wait to be packed."""
    rows = lasting(localdate(now)).filter(responsible_unit__in=units)
    years = rows.annotate(year=ExtractYear("closed_at", tzinfo=get_default_timezone()))
    found = years.values("responsible_unit", "year").annotate(number=Count("pk")).order_by("year", "responsible_unit")
    return [(row["responsible_unit"], row["year"], row["number"]) for row in found]


def packages_of(units: list[int]) -> QuerySet[ArchivePackage]:
    return ArchivePackage.objects.filter(unit__in=units).order_by("-begun_at", "id")


def package_of(user: User, pk: uuid.UUID, on: date) -> ArchivePackage | None:
    return packages_of(records_units(user, on)).filter(pk=pk).first()


def packed(package: ArchivePackage) -> QuerySet[PackagedDossier]:
    return PackagedDossier.objects.filter(package=package).order_by("number", "dossier_id")
