"""Acts that went wrong, for the pages that tell of it; run inside the portal's own settings on a new database.

A unit that ends without successor while its work is open, so that its act is held up for ever; and an act in force
whose report was returned by its signer. Communes that nothing else here touches.
"""

import hashlib
import logging
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate, now

from documents.operations.act_reports import draft_act_report
from documents.operations.route import return_document
from portal.accounts.models import User
from portal.events.actors import ANONYMOUS, System
from portal.isolation import Purpose, scope
from services.operations.petitions import PetitionFiling, file_petition
from units.handovers import registered
from units.kinds import ActKind
from units.models import ReorgEvent, UnitCode
from units.operations import Head, check_table, draft_act, run_due_acts, schedule_act, sign_act, simulate, take_effect
from units.operations.steps import ZONE

HELD_UP, RETURNED = "08/NQ-DEMO", "09/NQ-DEMO"
AUTHOR, SIGNER = "quan-tri", "chu-tich-tinh"
ENDS = "04603"
PART = "04699\tXã Chấn Thịnh\tmột phần\tx\t04699\n04699\tXã Nghĩa Tâm\tmột phần\n04711\tXã Nghĩa Tâm\ttoàn bộ\t\t04711"
WHY = "Số hồ sơ đang giải quyết chưa tách theo xã; xin soạn lại."
DAYS_AGO = 2  # nobody else's acts take effect on that day


@transaction.atomic
def make() -> None:
    logging.disable()  # what holds the act up is no fault of the run
    day = localdate() - timedelta(days=DAYS_AGO)
    midnight = datetime.combine(day, time.min, tzinfo=ZONE)
    with scope(purpose=Purpose.DEMO):
        commune = UnitCode.objects.get(scheme="nso", level="commune", code=ENDS, valid__contains=day).unit_id
        text = "Đề nghị sửa đường vào thôn."
        contact = {"name": "Sùng A Páo", "address": "Xã Tà Xi Láng"}
        filing = PetitionFiling(kind="idea", text=text, unit_id=commune, contact=contact)
        file_petition(filing=filing, actor=ANONYMOUS, now=midnight - timedelta(days=1))
    with scope(purpose=Purpose.REORGANISATION):
        with registered():  # as if its work had come after the signature
            _scheduled(HELD_UP, "Về việc giải thể xã Tà Xi Láng (văn bản minh họa)", ActKind.ABOLISH, ENDS, midnight)
        run_due_acts(actor=System.REORGANISATION, now=now())
        title = "Về việc điều chỉnh một phần xã Chấn Thịnh (văn bản minh họa)"
        act = _scheduled(RETURNED, title, ActKind.CESSION, PART, midnight)
        take_effect(act_id=act.pk, actor=System.REORGANISATION, now=midnight)
    report = draft_act_report(act_id=act.pk, actor=System.REORGANISATION, now=now())
    if report is None:
        raise LookupError(RETURNED)
    with scope(units=[report.unit_id]):
        signer = User.objects.get(username=SIGNER)
        return_document(document=report, reason=WHY, revision=report.revision, actor=signer, now=now())


def _scheduled(number: str, title: str, kind: ActKind, table: str, midnight: datetime) -> ReorgEvent:
    author, signer = (User.objects.get(username=name) for name in (AUTHOR, SIGNER))
    before, day = midnight - timedelta(hours=10), midnight.date()
    province = ReorgEvent.objects.filter(legal_no="02/NQ-DEMO").values_list("unit_id", flat=True).get() or 0
    about: dict[str, Any] = {"kind": kind, "unit_id": province, "effective_on": day}
    rows = check_table(text=table, now=before, **about).rows
    head = Head(
        legal_no=number, legal_date=day - timedelta(days=7), title=title,
        file_sha256=hashlib.sha256(table.encode()).digest(), **about,
    )  # fmt: skip
    act = draft_act(head=head, results=rows.results, sources=rows.sources, actor=author, now=before)
    tried = simulate(act_id=act.pk, actor=author, now=before)
    sign_act(act_id=act.pk, seen=bytes(tried.digest), actor=signer, now=before)
    schedule_act(act_id=act.pk, actor=signer, now=before)
    return act
