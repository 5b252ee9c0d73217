"""The facts that the calendar records. Who keeps due moments subscribes to them and counts open ones again.

Fields of all: `change` (id of the CalendarChange, which holds the dates concerned and the rows before and after).
"""

from enum import StrEnum


class Fact(StrEnum):
    SWAP_ADDED = "calendar.swap.added"
    HOLIDAY_ADDED = "calendar.holiday.added"
    DAY_RETIRED = "calendar.day.retired"
    HOURS_SET = "calendar.hours.set"
    UNIT_CLOSED = "calendar.unit.closed"
    CLOSURE_RETIRED = "calendar.closure.retired"
    SETTING_SET = "calendar.setting.set"
    DAYS_LOADED = "calendar.days.loaded"
