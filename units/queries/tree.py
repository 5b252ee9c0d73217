"""The tree as of a day. Every function takes `on`, and raises `BeforeData` for a day before the data."""

from datetime import date, timedelta

from django.db.models import Subquery

from units.country import data_from
from units.kinds import Level, Scheme
from units.models import Unit, UnitCode, UnitVersion, UnitVersionQuerySet
from units.queries.errors import AmbiguousCode, BeforeData, NobodyBore


def require_data(on: date) -> None:
    if on < data_from():
        raise BeforeData(on, data_from())


def root(on: date) -> UnitVersion | None:
    """The country itself."""
    require_data(on)
    return UnitVersion.objects.at(on).filter(parent=None, unit__level=Level.COUNTRY).first()


def version_at(unit_id: int, on: date) -> UnitVersion | None:
    """What the unit was on that day; nothing when it did not live then."""
    require_data(on)
    return UnitVersion.objects.at(on).filter(unit_id=unit_id).first()


def versions_at(unit_ids: list[int], on: date) -> dict[int, UnitVersion]:
    """As `version_at` for many units in one statement; units that did not live that day are left out."""
    require_data(on)
    return {version.unit_id: version for version in UnitVersion.objects.at(on).filter(unit_id__in=unit_ids)}


def children(unit_id: int, on: date) -> UnitVersionQuerySet:
    """One level down, by the Vietnamese alphabet."""
    require_data(on)
    return UnitVersion.objects.at(on).filter(parent_id=unit_id).in_order()


def ancestors(unit_id: int, on: date) -> UnitVersionQuerySet:
    """From the country down to the parent; empty for the country and for a unit that did not live that day."""
    require_data(on)
    above = UnitVersion.objects.at(on).filter(path__above=_path(unit_id, on)).exclude(unit_id=unit_id)
    return above.order_by("path", "id")


def subtree(unit_id: int, on: date) -> UnitVersionQuerySet:
    """The unit and everything below it, by the Vietnamese alphabet; empty when it did not live that day."""
    require_data(on)
    return UnitVersion.objects.at(on).filter(path__under=_path(unit_id, on)).in_order()


def _path(unit_id: int, on: date) -> Subquery:
    """Asked for within the statement that needs it."""
    return Subquery(UnitVersion.objects.at(on).filter(unit_id=unit_id).values("path")[:1])


def bearer(code: str, on: date, *, level: Level | str | None = None, scheme: Scheme | str = Scheme.NSO) -> Unit:
    """The unit that bore this code or alias that day. Raises `NobodyBore`, or `AmbiguousCode` without a level."""
    require_data(on)
    if not code.isprintable():  # NUL and lone surrogates cannot be sent to PostgreSQL
        raise NobodyBore(code, on)
    found = UnitCode.objects.filter(scheme=scheme, code=code, valid__contains=on).select_related("unit").order_by("id")
    if level is not None:
        found = found.filter(level=level)
    codes = list(found[:2])
    if not codes:
        raise NobodyBore(code, on)
    if len(codes) > 1:
        raise AmbiguousCode(code, on)
    return codes[0].unit


def last_day_borne(code: str, on: date, level: Level | str, scheme: Scheme | str = Scheme.NSO) -> date | None:
    """The last day up to this one on which a unit of the level bore the code; None where none ever did."""
    found = UnitCode.objects.filter(scheme=scheme, code=code, level=level, valid__startswith__lte=on)
    last = found.order_by("-valid__startswith", "-id").first() if code.isprintable() else None
    if last is None:
        return None
    return on if last.valid.upper is None or last.valid.upper > on else last.valid.upper - timedelta(days=1)


def codes_at(unit_ids: list[int], on: date, scheme: Scheme | str = Scheme.NSO) -> dict[int, str]:
    """The code, aliases left out, of each unit that bore one that day."""
    found = UnitCode.objects.filter(unit_id__in=unit_ids, scheme=scheme, valid__contains=on, is_alias=False)
    return dict(found.values_list("unit_id", "code"))
