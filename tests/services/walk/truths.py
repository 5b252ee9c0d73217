"""What holds at every moment, whatever was done before: asked of the dossiers that a deed has touched."""

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Sum

from portal.calendar.ledger import EntryKind
from services.kinds import StepRole
from services.models import ClockEntry, Dossier, FeeReceipt, Payment, Refund, WorkItem
from services.money_states import COUNTED, HELD, PaymentState, RefundState, Way
from services.policies import may_at
from services.queries.clock import explained, ledger_of
from services.queries.money import balance_of, left_of
from services.states import CLOSED, OPEN, Capability, ItemState, Stage, State, is_worked_on
from tests.services.walk.trail import Trail
from tests.services.walk.world import World

WORKED_ON = frozenset({State.ACCEPTED, State.PROCESSING, State.PAYMENT})


def hold(world: World, trail: Trail, dossier: Dossier) -> None:
    _is_what_the_trail_says(trail, dossier)
    _has_one_responsible_unit(world, dossier)
    _has_its_own_code(trail, dossier)
    items = [row for row in world.look.all_items if row.dossier_id == dossier.pk]
    _waits_for_somebody(world, trail, dossier, items)
    if dossier.accepted_at is not None:
        _counts_its_time(world, dossier)
    paid = [row for row in world.look.payments if row.dossier_id == dossier.pk]
    if paid:
        _is_paid_rightly(world, dossier, paid)


def _is_what_the_trail_says(trail: Trail, dossier: Dossier) -> None:
    assert trail.states["services.dossier", str(dossier.pk)] == dossier.state
    assert (dossier.closed_at is not None) == (State(dossier.state) in CLOSED)
    if State(dossier.state) in CLOSED:
        assert dossier.next_due_at is None
        assert dossier.holder_id is None
    assert Stage(dossier.stage) in Stage


def _has_one_responsible_unit(world: World, dossier: Dossier) -> None:
    assert dossier.responsible_unit_id in world.units.values()
    before = State(dossier.state) in {State.SUBMITTED} or dossier.stage == Stage.RECEPTION
    at = {dossier.receiving_unit_id, dossier.competent_unit_id} if before else dossier.unit_ids()
    assert dossier.responsible_unit_id in at


def _has_its_own_code(trail: Trail, dossier: Dossier) -> None:
    """Given once, kept for ever."""
    for code in filter(None, (dossier.code, dossier.reference)):
        assert trail.codes.setdefault(code, str(dossier.pk)) == str(dossier.pk)
    known = [code for code, owner in trail.codes.items() if owner == str(dossier.pk)]
    assert len(known) <= 2, known
    assert bool(dossier.code) == (dossier.accepted_at is not None)


def _waits_for_somebody(world: World, trail: Trail, dossier: Dossier, items: Sequence[WorkItem]) -> None:
    for row in items:
        assert trail.states["services.workitem", str(row.pk)] == row.state
    now_open = [row for row in items if row.state == ItemState.OPEN]
    assert len(now_open) <= 1, now_open
    state = State(dossier.state)
    if state in CLOSED:
        assert not [row for row in items if row.state in {ItemState.OPEN, ItemState.WAITING}]
        return
    if dossier.pk in world.look.joined or not items:
        assert not items
        return
    there = state in WORKED_ON or is_worked_on(state, Stage(dossier.stage)) or state is State.DECIDED
    if there:
        assert now_open, f"nobody waits for {dossier.state} {dossier.stage}: {[(one.step, one.state) for one in items]}"
    for row in now_open:
        assert row.unit_id == dossier.responsible_unit_id
        assert row.officer_id == dossier.holder_id
        assert row.opened_at is not None
        needed = Capability.RETURN if row.role == StepRole.RETURNS else Capability.PROCESS
        assert world.able(needed, row.unit_id), f"nobody at {row.unit_id} may do {row.step} of {dossier.version}"
        if row.officer is not None:
            assert needed is Capability.PROCESS
            assert may_at(row.officer, Capability.PROCESS, row.unit_id)


def _counts_its_time(world: World, dossier: Dossier) -> None:
    entries = list(ClockEntry.objects.of(dossier))
    ledger = ledger_of(entries)
    run = ledger.last_run()
    assert dossier.paused_at == run.paused_since
    assert (ledger.stopped_at is not None) == (dossier.decided_at is not None or State(dossier.state) in CLOSED)
    end = ledger.stopped_at or world.now
    stood = [min(pause.end or end, end) - pause.start for pause in ledger.pauses()]
    assert all(one >= timedelta(0) for one in stood)
    assert end - ledger.start >= sum(stood, timedelta(0))
    assert len([one for one in entries if one.kind == EntryKind.EXTEND]) <= 1
    assert dossier.due_at is not None
    assert dossier.printed_due_at is not None
    assert dossier.due_at >= dossier.printed_due_at
    if State(dossier.state) in OPEN and not dossier.decided_at:
        assert dossier.next_due_at == (None if dossier.paused_at else dossier.due_at)
        found = explained(dossier, entries)
        assert found is not None
        if not dossier.limit_case:
            assert found[0].moment == dossier.due_at, (found[0].moment, dossier.due_at)
        else:
            assert dossier.due_at >= found[0].moment


def _is_paid_rightly(world: World, dossier: Dossier, paid: Sequence[Payment]) -> None:
    """Nothing counts that did not come, and nothing that came is lost."""
    for one in paid:
        assert (one.received is not None) == (one.state in HELD)
        assert one.state not in COUNTED or one.received == one.amount
        left = left_of(one)
        assert left >= 0
        assert one.state != PaymentState.SURPLUS or left == 0
    came = sum(row.received or 0 for row in paid if row.way != Way.CASH)
    owed = {str(dossier.pk)}
    heard = {row.bank_key for row in paid if row.bank_key}
    assert came == sum(amount for key, (to, amount) in world.bank.sent.items() if to in owed and key in heard)
    counted = {one.pk for one in paid if one.state in COUNTED}
    receipts = list(FeeReceipt.objects.filter(dossier=dossier).values_list("payment_id", flat=True))
    assert sorted(map(str, receipts)) == sorted(map(str, counted))
    balance = balance_of(dossier)
    assert balance.paid >= 0
    denied = Refund.objects.filter(dossier=dossier, state=RefundState.DENIED).exists()
    if balance.fee is not None and balance.fee.amount is not None and not denied:
        assert balance.paid <= balance.fee.amount
    back = Refund.objects.filter(dossier=dossier).exclude(state=RefundState.DENIED).aggregate(sum=Sum("amount"))["sum"]
    assert (back or 0) <= sum(one.received or 0 for one in paid)
