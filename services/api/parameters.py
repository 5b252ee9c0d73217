"""Query parameters that several addresses share."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.api import parameters
from portal.api.parameters import Parameter
from services.kinds import Level
from services.queries.catalogue import TEXT_LIMIT

ON = parameters.day("on", _("The day on which the procedures hold; today when left out."), default=timezone.localdate)
Q = parameters.text(
    "q",
    _("A code, or everyday words with or without accents."),
    longest=TEXT_LIMIT,
    example="khai sinh",
)
FIELD = parameters.text("field", _("Only procedures of this field, by its full name."), longest=120)
LEVEL = parameters.choice("level", _("Only procedures that are carried out at this level."), Level)
CODE = Parameter(
    name="code",
    description=_("The code of the procedure in the national catalogue."),
    schema={"type": "string", "pattern": r"^[0-9]\.[0-9]{6}$"},
    required=True,
    example="1.001193",
)
