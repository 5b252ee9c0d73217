"""The filter of the list of dossiers over REST: what the pages ask, under the names of the API."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from portal.api import bodies, parameters
from portal.api.parameters import Parameter
from portal.api.problems import Fault, parameter_problem
from portal.api.tables import CSV, XLSX
from services.columns import Names, columns_of
from services.kinds import Channel, StepRole
from services.models.lists import PURPOSE_LENGTH
from services.queries.dossiers import TEXT_LIMIT
from services.queries.lists import CLOSED_ONES, ME, NOBODY, OPEN_ONES, Choice, Lateness, Order, Part
from services.states import Stage, State

STATES = [OPEN_ONES, CLOSED_ONES, *(state.value for state in State)]
STAGES = [stage.value for stage in Stage if stage.value]
ROLES = [role.value for role in StepRole]
HOLDER = r"^(me|nobody|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$"
WORDS: dict[str, Any] = {
    "state": _("Only dossiers in this state; open and closed name several at once."),
    "stage": _("Only dossiers at this stage of their state."),
    "holder": _("me, nobody, or the id of the officer who holds the open step."),
    "step": _("Only dossiers whose open step is of this role."),
    "lateness": _("By the moment that is due next."),
    "channel": _("How it was handed in."),
    "part": _("What your unit has to do with it."),
    "q": _("The beginning of a code, a reference, or part of the owner's name, with or without accents."),
    "order": _("due: what is due first; newest, oldest: by the moment of filing."),
    "procedure": _("Only dossiers of this procedure."),
    "unit": _("Only dossiers in which this unit has its part."),
    "receivedFrom": _("Filed on this day or later."),
    "receivedTo": _("Filed on this day or earlier."),
    "dueFrom": _("Due on this day or later."),
    "dueTo": _("Due on this day or earlier."),
}
FILTER: tuple[Parameter, ...] = (
    parameters.text("q", WORDS["q"], longest=TEXT_LIMIT, example="giang thi"),
    parameters.choice("state", WORDS["state"], STATES),
    parameters.choice("stage", WORDS["stage"], STAGES),
    parameters.code("procedure", WORDS["procedure"], example="1.001193"),
    parameters.text("holder", WORDS["holder"], longest=36, example="me"),
    parameters.choice("step", WORDS["step"], ROLES),
    parameters.choice("lateness", WORDS["lateness"], Lateness),
    parameters.choice("channel", WORDS["channel"], Channel),
    parameters.choice("part", WORDS["part"], Part),
    parameters.number("unit", WORDS["unit"]),
    parameters.day("receivedFrom", WORDS["receivedFrom"]),
    parameters.day("receivedTo", WORDS["receivedTo"]),
    parameters.day("dueFrom", WORDS["dueFrom"]),
    parameters.day("dueTo", WORDS["dueTo"]),
    parameters.choice("order", WORDS["order"], Order),
)
COLUMNS = parameters.text(
    "columns", _("Keys of columns with commas between them; the standard ones when left out."), longest=300,
    example="dossier,state,due",
)  # fmt: skip
AS = parameters.choice("as", _("The kind of file; CSV when left out."), [CSV, XLSX])
PURPOSE = parameters.text(
    "purpose", _("What the list is needed for; needed where columns name people, and recorded."),
    longest=PURPOSE_LENGTH, example="Weekly meeting",
)  # fmt: skip
FILTER_ID = parameters.path_uuid("id", _("The saved filter's id."))
BATCH_ID = parameters.path_uuid("id", _("The batch's id."))
KEYS = {
    "q": "text",
    "receivedFrom": "received_from",
    "receivedTo": "received_to",
    "dueFrom": "due_from",
    "dueTo": "due_to",
}


def filter_field(**options: Any) -> bodies.Field:
    """The same as an object in a body."""

    def choice(name: str, among: list[str]) -> bodies.Field:
        return bodies.choice(name, WORDS[name], among, required=False, default="")

    return bodies.group(
        "filter",
        _("Which dossiers; an empty filter means all that you may see."),
        bodies.text("q", WORDS["q"], longest=TEXT_LIMIT, required=False, default="", example="giang thi"),
        choice("state", STATES),
        choice("stage", STAGES),
        bodies.text("procedure", WORDS["procedure"], longest=35, required=False, default="", example="1.001193"),
        bodies.text("holder", WORDS["holder"], longest=36, required=False, default="", example="me"),
        choice("step", ROLES),
        choice("lateness", [one.value for one in Lateness]),
        choice("channel", [one.value for one in Channel]),
        choice("part", [one.value for one in Part]),
        bodies.number("unit", WORDS["unit"], lowest=1, required=False, example=1),
        *(bodies.day(name, WORDS[name], required=False) for name in ("receivedFrom", "receivedTo", "dueFrom", "dueTo")),
        choice("order", [one.value for one in Order]),
        **options,
    )


def choice_of(said: Mapping[str, Any]) -> Choice:
    """Of parameters, or of the object `filter`. Raises the 400 for a holder that is nobody's id."""
    values = {KEYS.get(name, name): value for name, value in said.items() if value not in (None, "")}
    known = {name: value for name, value in values.items() if name in Choice.__dataclass_fields__}
    if known.get("holder") not in {None, ME, NOBODY}:
        try:
            UUID(str(known["holder"]))
        except ValueError:
            sentence = _("Write me, nobody, or the id of an officer.")
            raise parameter_problem(Fault("holder", "not-a-choice", str(sentence))) from None
    return Choice(**known)


def columns_said(text: str | None, now: Any) -> list[str]:
    """Raises the 400 for a column that does not exist."""
    known = list(columns_of(Names(now)))
    keys = [key.strip() for key in (text or "").split(",") if key.strip()]
    if unknown := [key for key in keys if key not in known]:
        sentence = _("There is no column %(key)s. Known: %(known)s.") % {
            "key": unknown[0][:40],
            "known": ", ".join(known),
        }
        raise parameter_problem(Fault("columns", "not-a-choice", str(sentence)))
    return keys
