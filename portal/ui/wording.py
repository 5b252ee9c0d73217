"""Days, moments and time left, in words. One function each, so that no two pages say it differently."""

import datetime
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import get_language, gettext, pgettext_lazy

from portal.calendar import Level, Remaining

WEEKDAYS = (
    pgettext_lazy("within a sentence", "Monday"),
    pgettext_lazy("within a sentence", "Tuesday"),
    pgettext_lazy("within a sentence", "Wednesday"),
    pgettext_lazy("within a sentence", "Thursday"),
    pgettext_lazy("within a sentence", "Friday"),
    pgettext_lazy("within a sentence", "Saturday"),
    pgettext_lazy("within a sentence", "Sunday"),
)


def day(value: datetime.date | None) -> str:
    """20/11/2026 in Vietnamese, 20 November 2026 in English."""
    if value is None:
        return ""
    if get_language() == "vi":
        return f"{value.day:02}/{value.month:02}/{value.year}"
    return f"{value.day} {value:%B} {value.year}"


def moment(value: datetime.datetime | None) -> str:
    """15 giờ 20, thứ Sáu, 20/11/2026; in English 15:20, Friday, 20 November 2026. In the portal's time zone."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    return gettext("%(hour)s:%(minute)s, %(weekday)s, %(day)s") % {
        "hour": local.hour,
        "minute": f"{local.minute:02}",
        "weekday": WEEKDAYS[local.weekday()],
        "day": day(local.date()),
    }


@dataclass(frozen=True)
class Deadline:
    """Words and the tag colour that goes with them."""

    words: str
    colour: str


COLOURS = {
    Level.LATE: "red",
    Level.TODAY: "orange",
    Level.SOON: "yellow",
    Level.LATER: "green",
    Level.PAUSED: "grey",
    Level.STOPPED: "grey",
}


def deadline(left: Remaining) -> Deadline:
    """What `portal.calendar.remaining` found, for components/deadline_tag.html; its words stand there alone."""
    return Deadline(left.text, COLOURS[left.level])
