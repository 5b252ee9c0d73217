"""Query parameters of the figures."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.api import parameters
from portal.api.parameters import Parameter, WrongError
from portal.dashboards.indicators.catalogue import OF_PROCEDURES
from portal.dashboards.periods import NoPeriod, Period
from portal.dashboards.states import Cause, Measure, PetitionMeasure, Role


def read_period(text: str) -> Period:
    try:
        return Period.of(text)
    except NoPeriod:
        sentence = gettext("A month as 2026-11, a quarter as 2026-q4 or a year as 2026, from 2025 on.")
        raise WrongError("period-malformed", sentence) from None


PERIOD = Parameter(
    name="period",
    description=_("A month, quarter or year; the present month when left out."),
    schema={"type": "string", "pattern": r"^(202[5-9]|20[3-9][0-9])(-(0[1-9]|1[0-2])|-q[1-4])?$"},
    read=read_period,
    example="2026-11",
)
UNIT = parameters.number("unit", _("The unit, with all below it; one of your own when left out."))
ROLE = parameters.choice("role", _("The part that the unit has; competent when left out."), Role)
PROCEDURE = parameters.code("procedure", _("Only dossiers of this procedure."), example="1.001193")
MEASURE = parameters.choice("measure", _("Which figure the list stands behind; overdue when left out."), Measure)
CAUSE = parameters.choice("cause", _("Only dossiers that lost their time there."), Cause)
LACKING = parameters.choice(
    "counted", _("no: those of the whole that are not counted in the figure; they lower its share."), ["yes", "no"]
)
PETITION_MEASURE = parameters.choice(
    "measure", _("Which figure the list stands behind; filed when left out."), PetitionMeasure
)
INDICATOR = parameters.choice(
    "indicator", _("Which indicator, by its number; one that counts procedures."), list(OF_PROCEDURES)
)
