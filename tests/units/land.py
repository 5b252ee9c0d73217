"""A land of three provinces and five communes that goes through the same reform as the country, in miniature.

before                              after 1 July 2025             from 30 April 2026
Tỉnh Sơn 01                      ┐  Tỉnh Thủy 01                  Thành phố Thủy
  Huyện Thượng 001               │
    Xã An 00001, Xã Bình 00002   │    Xã An 00001 (An, Bình,      Phường An
    Xã Chung 00003 (split)       │              part of Chung)
Tỉnh Thủy 02                     │
  Huyện Hạ 002                   │
    Thị trấn Đông 00004          ┘    Xã Đông 00004 (Đông, part of Chung)
Tỉnh Đồi 11                         Tỉnh Đồi 11
  Huyện Em 003
    Xã Êm 00005                       Xã Êm 00005
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from portal.events.actors import System
from units.country import DISTRICTS_ACT, PROVINCES_ACT, Act, Country, Edge, Place, Retype, check
from units.kinds import ActKind, Level, Share
from units.models import Unit
from units.operations import load
from units.queries import bearer

BEFORE = date(2025, 6, 30)
REFORM = date(2025, 7, 1)
CITY = date(2026, 4, 30)
TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
P, D, C = Level.PROVINCE, Level.DISTRICT, Level.COMMUNE


def _act(kind: ActKind, legal_no: str, effective_on: date, *, confirmed: bool = True) -> Act:
    return Act(kind, legal_no, date(2025, 6, 16), effective_on, confirmed, f"Về việc {legal_no}")


def small_country() -> Country:
    country = Country(
        acts=(
            _act(ActKind.LOAD, "Danh mục", BEFORE),
            _act(ActKind.LOAD, PROVINCES_ACT, REFORM),
            _act(ActKind.LOAD, DISTRICTS_ACT, REFORM),
            _act(ActKind.LOAD, "1/NQ", REFORM),
            _act(ActKind.LOAD, "2/NQ", REFORM),
            _act(ActKind.RETYPE, "3/NQ", CITY),
        ),
        legacy=(
            Place(P, "01", "Sơn", "tinh"),
            Place(P, "02", "Thủy", "tinh"),
            Place(P, "11", "Đồi", "tinh"),
            Place(D, "001", "Thượng", "huyen", "01"),
            Place(D, "002", "Hạ", "huyen", "02"),
            Place(D, "003", "Em", "huyen", "11"),
            Place(C, "00001", "An", "xa", "001"),
            Place(C, "00002", "Bình", "xa", "001"),
            Place(C, "00003", "Chung", "xa", "001"),
            Place(C, "00004", "Đông", "thi_tran", "002"),
            Place(C, "00005", "Êm", "xa", "003"),
        ),
        reformed=(
            Place(P, "01", "Thủy", "tinh", act=PROVINCES_ACT),
            Place(P, "11", "Đồi", "tinh", act=PROVINCES_ACT),
            Place(C, "00001", "An", "xa", "01", "1/NQ"),
            Place(C, "00004", "Đông", "xa", "01", "1/NQ"),
            Place(C, "00005", "Êm", "xa", "11", "2/NQ"),
        ),
        edges=(
            Edge(P, "01", P, "01", Share.WHOLE, is_default=True),
            Edge(P, "02", P, "01", Share.WHOLE, is_default=True),
            Edge(P, "11", P, "11", Share.WHOLE, is_default=True),
            Edge(C, "00001", C, "00001", Share.WHOLE, is_default=True),
            Edge(C, "00002", C, "00001", Share.WHOLE, is_default=True),
            Edge(C, "00003", C, "00001", Share.PART, is_default=True),
            Edge(C, "00003", C, "00004", Share.PART, is_default=False),
            Edge(C, "00004", C, "00004", Share.WHOLE, is_default=True),
            Edge(C, "00005", C, "00005", Share.WHOLE, is_default=True),
        ),
        retypes=(
            Retype(P, "01", "Tỉnh Thủy", "Thành phố Thủy", "3/NQ"),
            Retype(C, "00001", "Xã An", "Phường An", "3/NQ"),
        ),
        axis_codes={"01": "H01", "02": "H02", "11": "H03"},
        aliases={(C, "00004"): "00009"},
        digest=bytes(32),
    )
    check(country)
    return country


@dataclass(frozen=True, slots=True)
class Land:
    """Units by the code that they bore, before and after the reform."""

    def old(self, code: str) -> Unit:
        return bearer(code, BEFORE)

    def new(self, code: str) -> Unit:
        return bearer(code, TODAY)


def load_land() -> Land:
    load(country=small_country(), actor=System.COMMAND, now=NOW)
    return Land()
