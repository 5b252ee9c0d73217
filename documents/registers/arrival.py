"""Whether an incoming document was registered in time."""

from datetime import date, timedelta

from portal.calendar import Calendar
from portal.calendar.places import place

LONGEST_REST = timedelta(days=40)  # no run of days off is longer


def is_late(*, unit_id: int, arrived_on: date, registered_on: date) -> bool:
    """On the day of arrival, at the latest on the next working day of the office. NĐ 30/2020 Đ.4.2c"""
    if registered_on <= arrived_on + timedelta(days=1):
        return False
    where = place(unit_id, registered_on)
    last = arrived_on + LONGEST_REST
    calendar = Calendar.load(unit_id, first=arrived_on, last=last, above=where.above if where else ())
    return registered_on > calendar.next_working_day(arrived_on)
