"""Query parameters that several addresses share."""

from enum import StrEnum

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.api import parameters
from portal.api.parameters import Parameter
from services.kinds import Level
from services.queries.catalogue import TEXT_LIMIT
from services.queries.dossiers import TEXT_LIMIT as OWNER_LIMIT
from services.states import State


class Role(StrEnum):
    """Which part somebody has in a dossier."""

    RECEIVING = "receiving"
    COMPETENT = "competent"
    RETURNING = "returning"
    RESPONSIBLE = "responsible"
    OWNER = "owner"
    FILER = "filer"


class Order(StrEnum):
    NEWEST = "newest"
    DUE = "due"


class Held(StrEnum):
    ME = "me"
    NOBODY = "nobody"


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
DOSSIER_ID = parameters.path_uuid("id", _("The dossier's id."))
DRAFT_ID = parameters.path_uuid("id", _("The draft's id."))
STEP_ID = parameters.path_uuid("id", _("The step's id."))
REQUEST_ID = parameters.path_uuid("supplement", _("The id of the supplement request."))
ITEM_ID = parameters.path_id("item", _("The number of the thing that is asked for."))
PETITION_ID = parameters.path_uuid("id", _("The petition's id."))
PUBLISHED_ID = parameters.path_id("id", _("The number of the published petition."))
REPLY_ID = parameters.path_id("id", _("The number of the low rating."))
FILE_ID = parameters.path_uuid("id", _("The file's id."))

STATE = parameters.choice("state", _("Only dossiers in this state."), State)
UNIT = parameters.number("unit", _("Only dossiers in which this unit has a part; see role."))
ROLE = parameters.choice("role", _("The part that the unit has, or for citizens that you have."), Role)
DOSSIER_CODE = parameters.text(
    "code", _("Only the dossier of this code or reference."), longest=60, example="H01.00001-261124-0001"
)
PROCEDURE = parameters.code("procedure", _("Only dossiers of this procedure."), example="1.001193")
DUE_BEFORE = parameters.day("dueBefore", _("Only what is due before this day; without what has no due moment."))
SUBMITTED_FROM = parameters.day("submittedFrom", _("Only dossiers filed on this day or later."))
SUBMITTED_TO = parameters.day("submittedTo", _("Only dossiers filed on this day or earlier."))
OWNER = parameters.text(
    "q", _("Part of the owner's name, with or without accents."), longest=OWNER_LIMIT, example="giang thi"
)
ORDER = parameters.choice(
    "order", _("newest: by the moment of filing, downwards; due: what is due first, without what is not due."), Order
)
AT_UNIT = parameters.number("unit", _("Only steps of this unit."))
HELD = parameters.choice("held", _("me: only steps that you hold; nobody: only steps that nobody has taken."), Held)
