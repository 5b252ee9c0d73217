"""The index by its formulas: a worked example for each indicator, nothing to divide, the rule of the target."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.dashboards.indicators import own
from portal.dashboards.indicators.catalogue import groups, indicators
from portal.dashboards.indicators.reporting import count, report_of
from portal.dashboards.indicators.scoring import ratio_of, score_of
from portal.dashboards.indicators.subject import Offered, Subject
from portal.dashboards.measures import Wish
from portal.dashboards.operations.refreshing import rebuild
from portal.dashboards.periods import Period
from portal.dashboards.queries.figures import Flow
from portal.dashboards.queries.places import Place, Row, place_of
from portal.dashboards.states import PetitionMeasure as P
from portal.dashboards.states import Role
from portal.events.actors import System
from portal.ui import indicators as registry
from portal.ui.indicators import Asked, Measured
from tests.dashboards.test_counting import ask, decided, wait_a_week
from tests.services.build import Office

NOW = datetime(2026, 12, 5, 3, tzinfo=UTC)
NOVEMBER = Period.of("2026-11")
BY_ID = {one.id: one for one in indicators()}
PLAIN = Offered(
    procedure=1, code="1.001193", has_fee=False, is_priced=False, online=True, full=True, for_citizens=True,
    complete=True, decided_on=None, from_on=date(2026, 7, 1), posted_on=date(2026, 7, 1),
)  # fmt: skip
FLOW = Flow(
    received=200, online=120, digitised=150, reused=90, full_online=60, online_result=100, complete=80,
    used_population=50, used_store=20, fee_due=80, paid_online=36, finished=160, on_time=150, late=10,
    kept_time=144, on_paper=100, with_result=75, disliked=4, displeased=6, net_seconds=160 * 2 * 86400,
)  # fmt: skip


class Example(Subject):
    """A unit with FLOW under procedure 1, a tenth of it under procedure 2, and 40 unfinished, 6 of them late."""

    whole = FLOW
    unfinished = (40, 6)
    can_be_paid = True
    paid = frozenset({2})
    petitions = {
        P.FILED: 40, P.SORTED: 30, P.ANSWERABLE: 50, P.KEPT: 45, P.BROKEN: 5, P.DISLIKED: 3, P.REPEATED: 2,
        P.LATE: 5, P.LOWERING: 9,
    }  # fmt: skip
    by_procedure = {1: FLOW, 2: Flow(received=20, finished=10, used_population=0)}
    offered = [
        PLAIN,
        replace(PLAIN, procedure=2, full=False, complete=False, has_fee=True, is_priced=True),
        replace(PLAIN, procedure=3, online=False, full=False, for_citizens=False),
        replace(PLAIN, procedure=4, code="2.000815", full=False, has_fee=True),
    ]

    def working_days(self, begin: date, end: date) -> int:
        return (end - begin).days


def example(kind: type[Subject] = Example) -> Subject:
    wish = Wish(Role.COMPETENT, (1,), NOVEMBER, NOW)
    return kind(Place(1, "Xã An", "commune", (), (Row(1, "Xã An", (1,)),)), wish)


WORKED = {  # numerator, denominator, score
    "1.3": (3, 4, "1.50"),
    "2.1": (144 + 34, 200, "17.80"),
    "3.1": (3, 4, None),
    "3.2": (1, 3, None),
    "3.3": (100, 200, None),
    "3.TT": (60, 200, "3.60"),
    "3.5a": (1, 2, "1.25"),  # 50 % of the target of 80 %
    "3.5b": (1, 2, "1.25"),
    "3.6": (36, 80, "2.70"),
    "4.1": (75, 100, "4.50"),
    "4.2": (80, 200, "2.00"),  # 40 % of the target of 80 %: half the points
    "4.CT": (0, 1, "0.00"),  # offered online, and no copy was given out
    "4.3": (90, 200, "1.13"),  # 2 points at 80 %: 45 / 80 * 2 = 1.125
    "4.4": (20, 200, "0.40"),
    "4.5a": (1, 2, "1.00"),
    "4.5b": (50, 220, "0.45"),
    "5.1": (30, 40, "0.00"),  # watched only
    "5.2": (45, 50, "5.40"),
    "5.3": (40 - 3 - 2 - 5, 40, "4.50"),
    "5.4": (200 - (160 - 144) - 6 - 6, 200, "5.73"),  # 86 % of the target of 90 %
}


@pytest.mark.parametrize("indicator", WORKED)
def test_worked_example(indicator: str) -> None:
    counted = count(BY_ID[indicator], example())
    numerator, denominator, score = WORKED[indicator]
    assert (counted.numerator, counted.denominator) == (numerator, denominator)
    reached = score_of(BY_ID[indicator], ratio_of(counted.numerator, counted.denominator))
    assert (str(reached) if reached is not None else None) == score


def test_the_mean_time_is_said_in_days() -> None:
    counted = own.mean_time(example())
    assert (counted.numerator, counted.denominator, counted.factor) == (160 * 2 * 86400, 160, 86400)


def test_published_and_posted_in_time() -> None:
    class Published(Example):
        published = [
            replace(PLAIN, decided_on=date(2026, 11, 1), from_on=date(2026, 11, 25), posted_on=date(2026, 11, 8)),
            replace(PLAIN, decided_on=date(2026, 11, 1), from_on=date(2026, 11, 2), posted_on=date(2026, 11, 20)),
        ]

    assert (own.published_in_time(example(Published)).numerator, len(Published.published)) == (1, 2)
    assert own.posted_in_time(example(Published)).numerator == 1


@pytest.mark.parametrize("indicator", sorted(own.UNKNOWN))
def test_what_nobody_counts_says_why(indicator: str) -> None:
    counted = count(BY_ID[indicator], example())
    assert counted.numerator is None
    assert str(counted.why)


def test_an_app_brings_its_own_measure() -> None:
    def petitions(asked: Asked) -> Measured:
        assert (asked.first, asked.last, asked.unit_ids) == (date(2026, 11, 1), date(2026, 11, 30), (1,))
        return Measured(9, 10, url="/phan-anh/")

    registry.register("5.2", petitions)
    try:
        counted = count(BY_ID["5.2"], example())
        with pytest.raises(registry.RegisteredTwiceError):
            registry.register("5.2", lambda asked: Measured(0, 0))
    finally:
        registry.unregister("5.2")
    assert (counted.numerator, counted.denominator, counted.url) == (9, 10, "/phan-anh/")
    assert score_of(BY_ID["5.2"], ratio_of(9, 10)) == Decimal("5.40")


def test_the_groups_have_the_points_of_the_decision() -> None:
    found = [sum(one.points or 0 for one in members) for _name, members in groups()]
    assert found == [18, 20, 22, 22, 18]
    assert len(BY_ID) == len(indicators())


def test_each_indicator_is_counted_or_says_why_not() -> None:
    assert set(BY_ID) == set(own.FORMULAS) | set(own.UNKNOWN)


@given(st.integers(0, 10_000), st.integers(0, 10_000), st.sampled_from(indicators()))
def test_points_are_within_bounds_and_full_at_the_target(numerator: int, denominator: int, one: Any) -> None:
    ratio = ratio_of(numerator, denominator)
    score = score_of(one, ratio)
    assert (ratio is None) == (denominator == 0)
    if ratio is None or one.points is None:
        assert score is None
        return
    assert score is not None
    assert 0 <= score <= one.points
    assert score == score.quantize(Decimal("0.01"))
    if ratio >= (one.target or 100):
        assert score == one.points


def test_a_report_of_real_dossiers(office: Office) -> None:
    decided(office)
    late = office.processing()
    wait_a_week(office, late)
    waiting = office.processing()
    ask(office, waiting)
    rebuild(actor=System.COMMAND, now=office.now)
    home = office.people.home
    place = place_of(home, office.now.date())
    wish = Wish(Role.COMPETENT, tuple(place.ids), Period.around(office.now.date()), office.now)
    lines = {line["id"]: line for group in report_of(place, wish)["groups"] for line in group["lines"]}
    assert (lines["2.1"]["numerator"], lines["2.1"]["denominator"]) == (2, 3)
    assert lines["2.1"]["ratio"] == "66.67"
    assert lines["2.2"]["mean_days"] is not None
    assert lines["1.1"]["why"]
    assert lines["3.TT"]["denominator"] == 3
