"""What a client sends about an act, and what the operations take."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.api import bodies
from portal.api.bodies import Body, Reading
from units.handovers import RuleError, check_rule
from units.kinds import ActKind, Share, UnitType
from units.operations import Head, Result, Source

MOST = 12_000
KINDS = [kind.value for kind in ActKind if kind is not ActKind.LOAD]
RULE = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "villages": {"type": "array", "items": {"type": "string"}},
        "addresses": {"type": "array", "items": {"type": "string"}},
        "answers": {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}},
        "procedures": {"type": "array", "items": {"type": "string"}},
    },
}


def _rule(value: Any, pointer: str, reading: Reading) -> Any:
    try:
        return check_rule(value)
    except RuleError as error:
        return reading.wrong(pointer, "not-a-rule", str(error))


def _ids(name: str, description: Any, **options: Any) -> bodies.Field:
    return bodies.number(name, description, lowest=1, example=101, required=False, nullable=True, **options)


def _code(name: str, description: Any, example: str) -> bodies.Field:
    return bodies.text(name, description, longest=35, shortest=0, example=example, required=False, default="")


def _key(name: str, description: Any, **options: Any) -> bodies.Field:
    return bodies.text(name, description, longest=40, example="A", **options)


RESULT = bodies.group(
    "result",
    _("A unit from the day on."),
    _key("key", _("What the table calls the row; new units are named by it.")),
    _ids("unitId", _("The unit that lives on; left out for a new one.")),
    bodies.text("name", _("The name without its type."), longest=100, example="Ba Dinh"),
    bodies.choice("type", _("The type of unit."), [kind.value for kind in UnitType], example="phuong"),
    _ids("parentId", _("The unit above, when it is there already.")),
    _key("parentKey", _("The row of the unit above, when it begins with this act."), required=False, nullable=True),
    bodies.text(
        "code", _("The statistics office's code."), longest=35, shortest=0, example="00004", required=False, default=""
    ),
    bodies.text(
        "axisCode", _("The electronic identifier."), longest=35, shortest=0, example="H26.4", required=False, default=""
    ),
)
SOURCE = bodies.group(
    "source",
    _("An old unit and where it goes."),
    bodies.number("oldId", _("The unit that ends, or whose boundary moves."), lowest=1, example=101),
    _ids("newId", _("The unit that it goes to, when it is there already.")),
    _key("newKey", _("The row of the unit that it goes to."), required=False, nullable=True),
    bodies.choice("share", _("How much of it."), [share.value for share in Share], required=False, default="whole"),
    bodies.truth("isDefault", _("Whether this unit answers for what no rule knows."), required=False, default=False),
    bodies.free(
        "rule", _("Villages, addresses, answers and procedures that go there."), check=_rule, schema=RULE,
        example={"villages": ["Thon 1"]}, required=False, nullable=True,
    ),
)  # fmt: skip
RESULTS = bodies.several("results", _("Units from the day on."), RESULT, most=MOST, required=False, default=[])
SOURCES = bodies.several("sources", _("Old units."), SOURCE, most=MOST, required=False, default=[])
ROWS = Body("ActRows", RESULTS, SOURCES)
DRAFT = Body(
    "ActDraft",
    bodies.choice("kind", _("What the act does."), KINDS, example="merge"),
    bodies.text("legalNumber", _("Its official number."), longest=60, example="12/NQ-HDND"),
    bodies.day("decidedDate", _("The day of its decision.")),
    bodies.day("effectiveDate", _("The day from which it holds; of a correction, that of the act it puts right.")),
    bodies.text("title", _("What it decides, in words."), longest=300, example="On the merger of two communes"),
    bodies.text(
        "note", _("A note for those who work on it."), longest=300, shortest=0, example="", required=False, default=""
    ),
    bodies.number("unitId", _("The province that all of it lies in, or the country."), lowest=1, example=35),
    bodies.text(
        "fileDigest", _("The digest of its file, in hexadecimal; needed for the signature."), longest=64,
        pattern="[0-9a-f]{64}", hint=_("64 hexadecimal digits."), example="0" * 64, required=False, nullable=True,
    ),
    bodies.number(
        "decideDays", _("Working days to decide what no rule of a split knows."), lowest=1, highest=60, example=5,
        required=False, default=5,
    ),
    _ids("corrects", _("The act in force that it puts right.")),
    RESULTS,
    SOURCES,
)  # fmt: skip


def head_of(data: Mapping[str, Any]) -> Head:
    digest = data["fileDigest"]
    return Head(
        kind=ActKind(data["kind"]),
        legal_no=data["legalNumber"],
        legal_date=data["decidedDate"],
        effective_on=data["effectiveDate"],
        title=data["title"],
        unit_id=data["unitId"],
        file_sha256=bytes.fromhex(digest) if digest else None,
        note=data["note"],
        decide_days=data["decideDays"],
        corrects=data["corrects"],
    )


def results_of(rows: Sequence[Mapping[str, Any]]) -> list[Result]:
    return [
        Result(
            key=row["key"], name=row["name"], type=row["type"], parent=row["parentKey"] or row["parentId"],
            code=row["code"] or "", axis_code=row["axisCode"] or "", unit_id=row["unitId"],
        )
        for row in rows
    ]  # fmt: skip


def sources_of(rows: Sequence[Mapping[str, Any]]) -> list[Source]:
    return [
        Source(
            old_id=row["oldId"], into=row["newKey"] or row["newId"], share=row["share"], is_default=row["isDefault"],
            rule=row["rule"],
        )
        for row in rows
    ]  # fmt: skip
