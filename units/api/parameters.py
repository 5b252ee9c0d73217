"""Query parameters that several addresses share."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.api import parameters
from units.country import data_from
from units.kinds import ActKind, Level, Scheme, UnitType
from units.queries.search import TEXT_LIMIT

ON = parameters.day(
    "on",
    _("The day on which the units are seen; today when left out. Days to come answer with what is decided already."),
    default=timezone.localdate,
    first=data_from,
)
BORNE_ON = parameters.day(
    "borneOnDate",
    _("The day on which the code was borne; the day of `on` when left out. Codes come back for other units."),
    first=data_from,
    example="2025-06-30",
)
SEEN_BEFORE = parameters.day(
    "on",
    _("The earlier day; the day before the unit was formed when left out."),
    first=data_from,
    example="2025-06-30",
)
LEVEL = parameters.choice("level", _("Only units of this level."), Level)
TYPE = parameters.choice("type", _("Only units of this type; not together with q or code."), UnitType)
PARENT = parameters.number(
    "parent", _("Only units directly below this one; with q also those that lie or lay anywhere below it.")
)
Q = parameters.text(
    "q",
    _("Names, old and new, with or without accents; after commas the units above. Not together with code."),
    longest=TEXT_LIMIT,
    example="Ba Dinh",
)
CODE = parameters.code("code", _("Only the unit that bore this code on the day borneOnDate."), example="00004")
SCHEME = parameters.choice("scheme", _("The system of codes; nso, the statistics office's, when left out."), Scheme)
KIND = parameters.choice("kind", _("Only acts of this kind."), ActKind)
UNIT_ID = parameters.path_id("id", _("The unit's number in this portal. It never changes and is never used again."))
ACT_ID = parameters.path_id("id", _("The act's number in this portal."))
CODE_IN_PATH = parameters.code("code", _("A code that some unit bears or bore."), example="00004")
