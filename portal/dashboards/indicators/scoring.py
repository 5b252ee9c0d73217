"""From numerator and denominator to points: QĐ 766/QĐ-TTg. Decimal throughout; two decimals, halves up."""

from decimal import ROUND_HALF_UP, Decimal

from portal.dashboards.indicators.catalogue import Indicator

CENT = Decimal("0.01")
HUNDRED = Decimal(100)


def rounded(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP)


def ratio_of(numerator: Decimal | int | None, denominator: Decimal | int | None) -> Decimal | None:
    """In per cent, never under 0 or over 100; None where there is nothing to divide."""
    if numerator is None or not denominator:
        return None
    return min(max(HUNDRED * Decimal(numerator) / Decimal(denominator), Decimal(0)), HUNDRED)


def score_of(indicator: Indicator, ratio: Decimal | None) -> Decimal | None:
    """Full points from the target on, below it in proportion; None without a ratio or without points."""
    if ratio is None or indicator.points is None:
        return None
    if indicator.target is not None:
        return rounded(indicator.points * min(ratio / indicator.target, Decimal(1)))
    return rounded(indicator.points * ratio / HUNDRED)
