"""What no rule of a split knew: a person says where each thing belongs."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from portal.events import record
from portal.events.actors import Actor
from portal.isolation import Purpose, scope
from units.events import Fact
from units.handovers import handover
from units.models import UndecidedItem
from units.operations.errors import DoesNotFit, WrongState
from units.operations.rows import table_of
from units.operations.steps import permit
from units.operations.writing import seen_by_apps
from units.states import Capability


@transaction.atomic
def decide_item(*, item_id: int, to_unit: int, actor: Actor, now: datetime) -> UndecidedItem:
    """To one of the units that the split unit went into; also to the one that holds it already."""
    item = UndecidedItem.objects.select_for_update(of=("self",)).select_related("event").get(pk=item_id)
    permit(actor, Capability.DECIDE, item.held_by_id)
    if item.decided_at is not None:
        raise WrongState(item.event.legal_no, _("decided already"), "decide")
    heirs = {heir.unit_id for heir in seen_by_apps(item.event, table_of(item.event)).heirs.get(item.from_unit_id, ())}
    if to_unit not in heirs:
        raise DoesNotFit(
            _("The unit that was split did not go there. Nothing was changed; choose one of its successors.")
        )
    subject = (item.subject_type, item.subject_id)
    owner = handover(item.handover)
    with scope(purpose=Purpose.REORGANISATION):
        if to_unit != item.held_by_id and owner is not None:
            owner.place(subject, from_unit=item.held_by_id, to_unit=to_unit, now=now, actor=actor)
        item.to_unit_id, item.decided_at, item.decided_by = to_unit, now, actor.event_actor
        item.save(update_fields=["to_unit", "decided_at", "decided_by"])
        facts = {
            "act": item.event_id, "handover": item.handover, "from_unit": item.from_unit_id, "to_unit": to_unit,
            "subject": item.subject_id,
        }  # fmt: skip
        record(Fact.DECIDED, subject=item, actor=actor, unit=item.held_by_id, at=now, facts=facts)
    return item
