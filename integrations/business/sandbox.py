"""The business register's side: a cooperative, a household business, and a company that has stopped for a while."""

import json
from pathlib import Path
from typing import Any

from django.urls import path

from integrations.registers.faults import Fault, Register
from integrations.registers.sandbox import Answered, Body, answers

ROWS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "data" / "businesses.json").read_text("utf-8"))
BY_NUMBER = {row["MaSo"]: row for row in ROWS}
ALWAYS = {"MaSo", "Ten", "Loai"}


@answers(Register.BUSINESS)
def entry(body: Body, fault: Fault) -> Answered:
    row = None if fault is Fault.NO_MATCH else BY_NUMBER.get(str(body.get("MaSo")))
    if row and fault is Fault.PARTIAL:
        row = {name: value for name, value in row.items() if name in ALWAYS}
    if row and fault is Fault.OTHER_PERSON:
        row = next(other for other in ROWS if other is not row)
    return {"DoanhNghiep": row}


urlpatterns = [path("tra-cuu", entry)]
