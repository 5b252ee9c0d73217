"""The personal store's side: papers that were issued to some of the invented people, one of them expired."""

import json
from pathlib import Path
from typing import Any

from django.urls import path

from integrations.civil_status.sandbox import is_of
from integrations.registers.faults import Fault, Register
from integrations.registers.mapping import parts
from integrations.registers.sandbox import Answered, Body, answers

PAPERS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "data" / "papers.json").read_text("utf-8"))
PARTS = {"MaKetQua", "TenGiayTo", "SoKyHieu", "CoQuanChuQuan", "NgayCap", "HetHan"}


@answers(Register.ISSUED_RESULT)
def papers(body: Body, fault: Fault) -> Answered:
    wanted = {str(one.get("MaKetQua")) for one in parts(body.get("DanhSachDanhMucKetQua"))}
    own = [row for row in PAPERS if is_of(row["ChuSoHuu"], body) and row["MaKetQua"] in wanted]
    if fault is Fault.NO_MATCH:
        own = []
    left_out = {"NgayCap", "CoQuanChuQuan"} if fault is Fault.PARTIAL else set()
    found = [{name: row[name] for name in PARTS - left_out} | {"DanhSachTepDinhKem": []} for row in own]
    return {"DanhSachGiayToKetQua": found}


urlpatterns = [path("giay-to", papers)]
