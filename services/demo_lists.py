"""Beside the dossiers of the demo: a filter of the unit, an order with something that could not be done, a leave."""

import json
from datetime import datetime, timedelta
from pathlib import Path

from django.utils.timezone import localdate

from portal.accounts.models import User
from services.models import Dossier, DossierBatch
from services.operations.batches import Order, Pick, order_batch, run_item, spread_batch
from services.operations.covering import Leave, enter_cover
from services.operations.lists import save_filter
from services.states import BatchDeed, State
from staff.models import Assignment

HEAD, DESK, AWAY, ACTS = "chu-tich", "mot-cua", "van-thu", "pho-chu-tich"
WORDS: dict[str, str] = json.loads((Path(__file__).parent / "data" / "demo_lists.json").read_text(encoding="utf-8"))


def load(*, unit_id: int, now: datetime) -> None:
    """Nothing of it moves a dossier: the order is for one that is past its step, and the leave lies ahead."""
    head = User.objects.get(username=HEAD)
    save_filter(name=WORDS["filter"], query="trang_thai=open&han=soon", unit_id=unit_id, actor=head, now=now)
    _order(unit_id, User.objects.get(username=DESK), now)
    first = localdate(now) + timedelta(days=30)
    absent, acts = (Assignment.objects.on(localdate(now)).get(user__username=name) for name in (AWAY, ACTS))
    leave = Leave(first, first + timedelta(days=4), WORDS["decision"], localdate(now))
    enter_cover(absent=absent, cover=acts, leave=leave, actor=head, now=now)


def _order(unit_id: int, actor: User, now: datetime) -> DossierBatch | None:
    """Received again, which is not possible: its page shows what a refusal looks like."""
    dossier = Dossier.objects.filter(receiving_unit=unit_id, state=State.REFUSED).order_by("id").first()
    if dossier is None:
        return None
    wanted = Order(BatchDeed.ACCEPT, [Pick(dossier.pk, dossier.revision)], query="trang_thai=submitted")
    batch = order_batch(wanted=wanted, actor=actor, now=now)
    spread_batch(batch_id=batch.pk, actor=actor, now=now)
    for item in batch.items.order_by("place", "id"):
        run_item(item_id=item.pk, actor=actor, now=now)
    return batch
