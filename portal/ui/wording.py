"""Days, moments and time left, in words. One function each, so that no two pages say it differently."""

import datetime
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext, pgettext_lazy

WEEKDAYS = (
    pgettext_lazy("within a sentence", "Monday"),
    pgettext_lazy("within a sentence", "Tuesday"),
    pgettext_lazy("within a sentence", "Wednesday"),
    pgettext_lazy("within a sentence", "Thursday"),
    pgettext_lazy("within a sentence", "Friday"),
    pgettext_lazy("within a sentence", "Saturday"),
    pgettext_lazy("within a sentence", "Sunday"),
)
WORKING_MINUTES_A_DAY = 480


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


def _span(minutes: int, minutes_a_day: int) -> str:
    days, rest = divmod(minutes, minutes_a_day)
    if days:
        return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
    hours, left = divmod(rest, 60)
    parts = [ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}] if hours else []
    if left or not hours:
        parts.append(ngettext("%(count)d minute", "%(count)d minutes", left) % {"count": left})
    return " ".join(parts)


def deadline(*, minutes_left: int, minutes_a_day: int = WORKING_MINUTES_A_DAY, due_today: bool = False) -> Deadline:
    """What is left until a due moment, counted in working minutes; negative when it has passed."""
    if minutes_left < 0:
        return Deadline(gettext("Late by %(span)s") % {"span": _span(-minutes_left, minutes_a_day)}, "red")
    words = gettext("%(span)s left") % {"span": _span(minutes_left, minutes_a_day)}
    if due_today:
        return Deadline(words, "orange")
    return Deadline(words, "yellow" if minutes_left < minutes_a_day else "green")
