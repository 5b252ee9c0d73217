"""The rows of a place side by side; they add up to its own figure."""

from portal.dashboards.measures import Wish
from portal.dashboards.queries import figures
from portal.dashboards.queries.figures import Flow, Stock
from portal.dashboards.queries.places import Place, Row
from portal.dashboards.queries.reading import answers

Line = tuple[Row, Flow, Stock]


def compared(place: Place, wish: Wish) -> list[Line]:
    return lines_of(place, *answers(figures.ask_by_unit(wish), figures.ask_stocks_by_unit(wish)))


def lines_of(place: Place, came: dict[int, Flow], stand: dict[int, Stock]) -> list[Line]:
    """One line for each row of the place, also where nothing happened; a former unit only where something did."""
    row_of = place.row_of()
    flows: dict[int, Flow] = {}
    stocks: dict[int, Stock] = {}
    for unit, flow in came.items():
        flows[row_of[unit]] = flows.get(row_of[unit], Flow()) + flow
    for unit, stock in stand.items():
        stocks[row_of[unit]] = stocks.get(row_of[unit], Stock()) + stock
    return [
        (row, flows.get(row.unit_id, Flow()), stocks.get(row.unit_id, Stock()))
        for row in place.rows
        if not row.former or row.unit_id in flows or row.unit_id in stocks
    ]
