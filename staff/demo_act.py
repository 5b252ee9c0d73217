"""One act in the making, drafted and tried out by the demo's administrator of the province (`data/demo_act.json`)."""

import hashlib
import json
from datetime import date, datetime

from django.db import transaction

from portal.accounts.models import User
from portal.isolation import Purpose, scope
from staff import catalogue
from staff.demo import refuse_production
from units.kinds import ActKind
from units.models import ReorgEvent
from units.operations import Head, draft_act, simulate
from units.operations.pasting import read_pasted

AUTHOR = "quan-tri"


def load(*, province: int, now: datetime, today: date) -> ReorgEvent:
    """Made once; it takes effect in the middle of the next year, unless somebody withdraws it."""
    refuse_production()
    raw = (catalogue.FOLDER / "demo_act.json").read_bytes()
    said = json.loads(raw)
    author = User.objects.get(username=AUTHOR)
    with transaction.atomic(), scope(purpose=Purpose.REORGANISATION):
        there = ReorgEvent.objects.filter(legal_no=said["legal_no"]).order_by("id").first()
        if there is not None:
            return there
        day = date(today.year + 1, 7, 1)
        head = Head(
            kind=ActKind.MERGE, legal_no=said["legal_no"], legal_date=today, effective_on=day, title=said["title"],
            unit_id=province, file_sha256=hashlib.sha256(raw).digest(),
        )  # fmt: skip
        rows = read_pasted(said["rows"], scope_id=province, on=day)
        act = draft_act(head=head, results=rows.results, sources=rows.sources, actor=author, now=now)
        simulate(act_id=act.pk, actor=author, now=now)
    return act
