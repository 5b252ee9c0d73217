"""The body of a draft, and the draft that it says."""

import json
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from documents.drafts import (
    CONTENT_LIMIT,
    RECIPIENT_LIMIT,
    RECIPIENTS_LIMIT,
    SUBJECT_LIMIT,
    Draft,
    Owner,
    RecipientLine,
)
from documents.kinds import RESULT_CODE, Capacity, RecipientKind, Urgency
from documents.operations.drafting import OWNER_NUMBER_LIMIT
from portal.api import bodies
from portal.api.bodies import Body, Reading

UUID_TEXT = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
UUID_EXAMPLE = "0f8e2d3c-4b5a-4978-8796-a5b4c3d2e1f0"
HIGHEST_ID = 10**18 - 1


def uuid_of(name: str, description: Any, **options: Any) -> bodies.Field:
    return bodies.text(name, description, longest=36, pattern=UUID_TEXT, example=UUID_EXAMPLE, **options)


def _content(value: Any, pointer: str, reading: Reading) -> Any:
    """What it must hold is asked when it is submitted: the schema of its layout says it."""
    if not isinstance(value, dict):
        return reading.wrong(pointer, "not-an-object", gettext("Send a JSON object here."))
    try:
        size = len(json.dumps(value, ensure_ascii=False).encode())
    except UnicodeEncodeError:
        return reading.wrong(pointer, "control-character", gettext("Control characters are not allowed."))
    if size > CONTENT_LIMIT:
        return reading.wrong(pointer, "too-long", gettext("The content has at most 256 kB as JSON."))
    return value


OPTIONS: dict[str, Any] = {"required": False}
WRITTEN = (
    bodies.text("type", _("The type of the document, a code of the catalogue."), longest=40, example="decision"),
    bodies.text("layout", _("The layout by which it is printed."), longest=60, example="decision"),
    bodies.text("subject", _("The subject line."), longest=SUBJECT_LIMIT, example="a team for digital skills"),
    bodies.number("signerId", _("The assignment that shall sign."), lowest=1, highest=HIGHEST_ID, example=12),
    bodies.choice("capacity", _("For whom it is signed; empty in one's own name."), Capacity.values, example="TM."),
    bodies.free(
        "content",
        _("What the layout prints, by its schema. What the portal knows by itself is printed from its own rows."),
        check=_content,
        schema={"type": "object", "additionalProperties": True},
        example={"authority": "The chair of the commune", "articles": [["A team is set up."]]},
    ),
    bodies.several(
        "recipients",
        _("The lines of recipients, in their order."),
        bodies.group(
            "recipient",
            _("One line"),
            bodies.text("name", _("As it is printed."), longest=RECIPIENT_LIMIT, example="VT"),
            bodies.choice("kind", _("to act on it, to know of it, or to keep a copy."), RecipientKind.values),
            bodies.number(
                "unitId", _("A unit of this portal, which then sees it."), lowest=1, highest=HIGHEST_ID, example=7,
                nullable=True, **OPTIONS,
            ),
        ),
        most=RECIPIENTS_LIMIT,
        default=[],
        **OPTIONS,
    ),
    bodies.text("division", _("The drafting division."), longest=30, shortest=0, example="VP", default="", **OPTIONS),
    bodies.choice("urgency", _("How urgent it is."), Urgency.values, default=Urgency.NORMAL.value, **OPTIONS),
    bodies.moment("dueAt", _("By when it should be issued."), nullable=True, **OPTIONS),
    bodies.text(
        "ownerNumber", _("The personal number of whoever a result is made out to; no answer repeats it."),
        longest=OWNER_NUMBER_LIMIT, pattern="[0-9A-Za-z]+", example="001099000001", nullable=True, **OPTIONS,
    ),
    bodies.text(
        "resultCode", _("The result-type code; only together with an owner."), longest=13,
        pattern=RESULT_CODE.strip("^$"), example="KQ.G15.000216", nullable=True, **OPTIONS,
    ),
    bodies.day("validFromDate", _("The first day on which it holds."), nullable=True, **OPTIONS),
    bodies.day("validToDate", _("The last day on which it holds."), nullable=True, **OPTIONS),
    uuid_of("replacesId", _("The issued document whose place it takes."), nullable=True, **OPTIONS),
)  # fmt: skip
UNIT = bodies.number("unitId", _("The organ that issues it."), lowest=1, highest=HIGHEST_ID, example=7)
DRAFT = Body("DocumentDraft", UNIT, *WRITTEN)
CHANGES = Body("DocumentDraft", *WRITTEN).optional("DocumentChange")
NAMES = {
    "type": "type_code", "layout": "layout", "subject": "subject", "signerId": "signer_id", "content": "content",
    "division": "division", "dueAt": "due_at", "validFromDate": "valid_from", "validToDate": "valid_until",
}  # fmt: skip


def drafted(data: dict[str, Any]) -> Draft:
    written = _written(data)
    return Draft(unit_id=data["unitId"], **written)


def changed(draft: Draft, data: dict[str, Any]) -> Draft:
    """What was sent takes the place of what stood there; the rest stays, the owner's account included."""
    written = _written(data)
    owner = written.get("owner")
    if owner and draft.owner and owner.number == draft.owner.number:
        written["owner"] = draft.owner
    return replace(draft, **written)


def _written(data: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {field: data[name] for name, field in NAMES.items() if name in data}
    if "capacity" in data:
        found["capacity"] = Capacity(data["capacity"])
    if "urgency" in data:
        found["urgency"] = Urgency(data["urgency"])
    if "recipients" in data:
        found["recipients"] = tuple(
            RecipientLine(name=line["name"], kind=RecipientKind(line["kind"]), unit_id=line["unitId"])
            for line in data["recipients"]
        )
    if "ownerNumber" in data:
        found["owner"] = Owner(number=data["ownerNumber"]) if data["ownerNumber"] else None
    if "resultCode" in data:
        found["result_code"] = data["resultCode"] or ""
    if "replacesId" in data:
        found["replaces"] = UUID(data["replacesId"]) if data["replacesId"] else None
    return found
