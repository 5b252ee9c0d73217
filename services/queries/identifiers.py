"""The identifier of an organ as it stands in a dossier code (NĐ 118/2025 Đ.28)."""

from datetime import date

from units.kinds import Level, Scheme
from units.models import UnitCode
from units.queries import ancestors


def identifier_of(unit_id: int, on: date) -> str:
    """The electronic identifier of QĐ 20/2020/QĐ-TTg when the unit has one, else a provisional one of the same shape.

    Which identifiers communes bear since 1 July 2025 is not published: until the table has them, province and commune
    are named by the codes of the statistics office. A code that was given stays, whatever the table says later.
    """
    path = [*ancestors(unit_id, on).values_list("unit_id", "unit__level"), (unit_id, "")]
    ids = [unit for unit, level in path if level != Level.COUNTRY]
    codes = UnitCode.objects.filter(unit__in=ids, valid__contains=on, is_alias=False)
    found = {(code.unit_id, code.scheme): code.code for code in codes}
    axis = found.get((unit_id, Scheme.AXIS))
    if axis:
        return axis
    return "H" + ".".join(found.get((unit, Scheme.NSO), str(unit)) for unit in ids)
