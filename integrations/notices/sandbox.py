"""The hospitals' side: notices that are always some days old, so that the demo's child was born lately on any day."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.urls import path

from integrations.civil_status.sandbox import is_of
from integrations.registers.faults import Fault, Register
from integrations.registers.mapping import VIETNAM
from integrations.registers.sandbox import Answered, Body, answers

NOTICES: dict[str, list[dict[str, Any]]] = json.loads(
    (Path(__file__).parent / "data" / "notices.json").read_text("utf-8")
)
MINUTES_BETWEEN = 12  # from one child of a birth to the next


def dated(row: dict[str, Any], today: datetime) -> dict[str, Any]:
    """The notice as of today: `days_ago` and `hour` become moments."""
    on = (today - timedelta(days=row["days_ago"])).strftime("%Y%m%d")
    begun = datetime.strptime(on + row["hour"], "%Y%m%d%H%M%S").replace(tzinfo=VIETNAM)
    notice = {name: value for name, value in row.items() if name not in {"key", "days_ago", "hour"}} | {"NgayCap": on}
    if "Con" in row:
        moments = [begun + timedelta(minutes=MINUTES_BETWEEN * place) for place in range(len(row["Con"]))]
        notice["Con"] = [
            {**child, "NgayGioSinh": moment.strftime("%Y%m%d%H%M%S")}
            for child, moment in zip(row["Con"], moments, strict=True)
        ]
    else:
        notice["NgayGioChet"] = begun.strftime("%Y%m%d%H%M%S")
    return notice


def _found(kind: str, role: str, body: Body, fault: Fault) -> Answered:
    today = datetime.now(VIETNAM)
    own = [row for row in NOTICES[kind] if is_of(row[role], body)]
    if fault is Fault.OTHER_PERSON:
        own = [row for row in NOTICES[kind] if row not in own] or [NOTICES[kind][0]]
    if wanted := body.get("SoGiay"):
        own = [row for row in own if row["SoGiay"] == wanted]
    found = [] if fault is Fault.NO_MATCH else [dated(row, today) for row in own]
    if fault is Fault.PARTIAL:
        found = [{name: value for name, value in row.items() if name != "CoSo"} for row in found]
    return {"result": found}


@answers(Register.BIRTH_NOTICE)
def births(body: Body, fault: Fault) -> Answered:
    return _found("births", "Me", body, fault)


@answers(Register.DEATH_NOTICE)
def deaths(body: Body, fault: Fault) -> Answered:
    return _found("deaths", "NguoiChet", body, fault)


urlpatterns = [path("chung-sinh", births), path("bao-tu", deaths)]
