"""The sum over units is the whole: as each unit sees its own rows, and as the figures of the dashboards count them."""

from collections import Counter

from portal.dashboards.operations.refreshing import refresh
from portal.dashboards.queries.checking import differences
from portal.events.actors import System
from portal.isolation import scope
from services.models import Consultation, Dossier, Extension, Payment, Petition, Refund, Supplement, WorkItem
from tests.dashboards import recount
from tests.services.walk.trail import DOSSIER, Trail
from tests.services.walk.world import World, seeing_all

PARTS = ("receiving_unit_id", "competent_unit_id", "returning_unit_id", "responsible_unit_id")
KEPT = {
    "services.supplement": Supplement, "services.workitem": WorkItem, "services.payment": Payment,
    "services.refund": Refund, "services.extension": Extension, "services.consultation": Consultation,
    "services.petition": Petition,
}  # fmt: skip


def add_up(world: World, trail: Trail) -> None:
    """By the trail, by the whole, and by the units together: one number."""
    whole = Counter(state for (kind, _key), state in trail.states.items() if kind == DOSSIER)
    with seeing_all(world.units):
        assert Counter(Dossier.objects.order_by().values_list("state", flat=True)) == whole
    for part in PARTS:
        found: Counter[str] = Counter()
        for unit in world.units.values():
            with scope(units=[unit]):
                found += Counter(Dossier.objects.filter(**{part: unit}).order_by().values_list("state", flat=True))
        assert found == whole, part
    with seeing_all(world.units):
        for kind, model in KEPT.items():
            told = {key: state for (subject, key), state in trail.states.items() if subject == kind}
            rows = model.objects.order_by().values_list("pk", "state")  # type: ignore[attr-defined]  # all have managers
            assert {str(key): state for key, state in rows} == told, kind


def figures_add_up(world: World) -> None:
    """What the dashboards counted is what a plain look at the dossiers finds."""
    refresh(actor=System.SCHEDULE, now=world.tick(seconds=1))
    told, plain = recount.counted(), recount.facts()
    assert set(told) == set(plain)
    for key, fact in plain.items():
        assert {name: told[key][name] for name in fact} == fact
    summed = recount.summed()
    assert summed == recount.sums(plain)
    there, wanted = recount.times()
    assert there == wanted
    assert differences() == []
    received = sum(1 for fact in plain.values() if fact["received_at"])
    for role in ("receiving", "competent", "returning"):
        over_units = sum(n for key, n in summed.items() if (key[0], key[3], key[4]) == (role, 0, "received"))
        assert over_units == received, role
