"""Measures, roles and causes in words; numbers, shares and times as people write them."""

from collections.abc import Mapping

from django.utils.formats import get_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, ngettext

from portal.dashboards.states import Cause, Measure, PetitionMeasure, Role

Words = str | Promise
MEASURES: Mapping[Measure, Words] = {
    Measure.RECEIVED: gettext_lazy("Received"),
    Measure.ONLINE: gettext_lazy("Filed online"),
    Measure.DIGITISED: gettext_lazy("Papers digitised"),
    Measure.REUSED: gettext_lazy("Data reused"),
    Measure.FULL_ONLINE: gettext_lazy("Wholly online"),
    Measure.ONLINE_RESULT: gettext_lazy("Online, with an electronic result"),
    Measure.COMPLETE: gettext_lazy("Papers and result digitised"),
    Measure.USED_POPULATION: gettext_lazy("Population data used"),
    Measure.USED_STORE: gettext_lazy("Earlier results used"),
    Measure.FEE_DUE: gettext_lazy("With something to pay"),
    Measure.PAID_ONLINE: gettext_lazy("Paid online"),
    Measure.FINISHED: gettext_lazy("Finished"),
    Measure.ON_TIME: gettext_lazy("Finished on time"),
    Measure.LATE: gettext_lazy("Finished late"),
    Measure.KEPT_TIME: gettext_lazy("On time as the index counts"),
    Measure.ON_PAPER: gettext_lazy("With a result on paper by rule"),
    Measure.WITH_RESULT: gettext_lazy("With an electronic result"),
    Measure.DISLIKED: gettext_lazy("Rated badly"),
    Measure.DISPLEASED: gettext_lazy("Rated badly, or named in a petition"),
    Measure.INDEX_LATE: gettext_lazy("Late as the index counts, unfinished ones among them"),
    Measure.OPEN: gettext_lazy("Being worked on"),
    Measure.OVERDUE: gettext_lazy("Overdue now"),
    Measure.DUE_SOON: gettext_lazy("Due within two days"),
    Measure.PAUSED: gettext_lazy("Clock stands still"),
    Measure.WAITING: gettext_lazy("Waiting for reception"),
}
PETITIONS: Mapping[PetitionMeasure, Words] = {
    PetitionMeasure.FILED: gettext_lazy("Petitions sent in"),
    PetitionMeasure.SORTED: gettext_lazy("Petitions sorted under a type"),
    PetitionMeasure.ANSWERABLE: gettext_lazy("Petitions handled or due"),
    PetitionMeasure.KEPT: gettext_lazy("Petitions with every limit met"),
    PetitionMeasure.BROKEN: gettext_lazy("Petitions with a limit that was not met"),
    PetitionMeasure.DISLIKED: gettext_lazy("Petitions whose answer was rated badly"),
    PetitionMeasure.REPEATED: gettext_lazy("Petitions sent again"),
    PetitionMeasure.LATE: gettext_lazy("Petitions sent in, with a limit that was not met"),
    PetitionMeasure.LOWERING: gettext_lazy("Petitions rated badly, sent again or late"),
}
ROLES: Mapping[Role, Words] = {
    Role.COMPETENT: gettext_lazy("Decided there"),
    Role.RECEIVING: gettext_lazy("Handed in there"),
    Role.RETURNING: gettext_lazy("Result handed out there"),
}
CAUSES: Mapping[Cause, Words] = {
    Cause.SUPPLEMENTS: gettext_lazy("A supplement was asked for more than once"),
    Cause.UNTAKEN: gettext_lazy("Nobody has taken the step"),
    Cause.RECEPTION: gettext_lazy("At the desk"),
    Cause.SPECIALIST: gettext_lazy("With the specialist"),
    Cause.LEADER: gettext_lazy("With whoever signs"),
    Cause.CLERK: gettext_lazy("At numbering and sealing"),
    Cause.RETURNS: gettext_lazy("At handing out"),
    Cause.UNKNOWN: gettext_lazy("Cannot be told from the data"),
}


def number(value: int) -> str:
    """54.749 in Vietnamese, 54,749 in English: the framework groups nothing in Vietnamese by itself."""
    return f"{value:,}".replace(",", str(get_format("THOUSAND_SEPARATOR")))


def share(part: int, whole: int) -> str:
    """In per cent with one decimal; a dash where there is nothing to divide."""
    return f"{number_format(100 * part / whole, 1, use_l10n=True)}\N{NO-BREAK SPACE}%" if whole else "–"


def minutes(value: int | None) -> str:
    """Within the first hour in minutes, within three days in hours, then in days."""
    if value is None:
        return "–"
    if value <= 60:
        return ngettext("%(number)d minute", "%(number)d minutes", value) % {"number": value}
    if value <= 3 * 24 * 60:
        hours = value // 60
        return ngettext("%(number)d hour", "%(number)d hours", hours) % {"number": hours}
    days = value // 1440
    return ngettext("%(number)d day", "%(number)d days", days) % {"number": days}


def points(value: str | None) -> str:
    return number_format(value, 2, use_l10n=True) if value is not None else "–"
