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
from units.operations.standstill import begin_work_at
from units.operations.steps import day_of, permit
from units.queries.undecided import choices_of
from units.states import Capability


@transaction.atomic
def decide_item(*, item_id: int, to_unit: int, actor: Actor, now: datetime) -> UndecidedItem:
    """To one of the units that the split unit went into, or to what became of them; also where it lies already."""
    item = UndecidedItem.objects.select_for_update(of=("self",)).select_related("event").get(pk=item_id)
    permit(actor, Capability.DECIDE, item.held_by_id)
    if item.decided_at is not None:
        raise WrongState(item.event.legal_no, _("decided already"), "decide")
    split = (item.event_id, item.from_unit_id)
    choices = choices_of([split], day_of(now))[split]
    if to_unit not in {heir.unit_id for heir in choices.heirs} or begin_work_at([to_unit], day_of(now)):
        raise DoesNotFit(
            _("The unit that was split did not go there. Nothing was changed; choose one of its successors.")
        )
    subject = (item.subject_type, item.subject_id)
    owner = handover(item.handover)
    with scope(purpose=Purpose.REORGANISATION):
        if owner is not None:
            for unit_id in sorted(choices.kept_by - {to_unit}):
                owner.place(subject, from_unit=unit_id, to_unit=to_unit, now=now, actor=actor)
        item.to_unit_id, item.decided_at, item.decided_by = to_unit, now, actor.event_actor
        item.save(update_fields=["to_unit", "decided_at", "decided_by"])
        facts = {
            "act": item.event_id, "handover": item.handover, "from_unit": item.from_unit_id, "to_unit": to_unit,
            "subject": item.subject_id,
        }  # fmt: skip
        record(Fact.DECIDED, subject=item, actor=actor, unit=item.held_by_id, at=now, facts=facts)
    return item
