"""What each measure counts, as a condition on facts: the figure and the list behind it come from the same line."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, Q
from django.utils.timezone import localdate

from portal.dashboards.models import DossierFact, DossierFactQuerySet
from portal.dashboards.periods import Period
from portal.dashboards.rules import rules_on
from portal.dashboards.states import CAME, NOW, Cause, Measure, Role
from services.states import State

WAITS = [State.SUPPLEMENT.value, State.PAYMENT.value]


@dataclass(frozen=True, slots=True)
class Wish:
    """Which dossiers are counted. `ids`: units, predecessors included; empty means everywhere, for an officer's own."""

    role: Role
    ids: tuple[int, ...]
    period: Period
    now: datetime
    procedure: int | None = None
    officer: UUID | None = None

    def for_period(self, period: Period) -> "Wish":
        return replace(self, period=period)

    def for_units(self, ids: tuple[int, ...]) -> "Wish":
        return replace(self, ids=ids)


def condition(measure: Measure, wish: Wish) -> Q:
    """Flows are counted in the period, stocks as they stand now."""
    if measure in NOW:
        return _stock(measure, wish.now)
    if measure is Measure.INDEX_LATE:
        return condition(Measure.FINISHED, wish) & Q(slow=True) | unfinished_late(wish)
    months = (wish.period.first, wish.period.last)
    came = Q(received_month__range=months)
    went = Q(finished_month__range=months, received_at__isnull=False)
    return (came if measure in CAME else went) & _marks(wish)[measure]


def unfinished_late(wish: Wish) -> Q:
    """Received and not finished when the period ended (now, while it runs), and late then (QĐ 766, 2.1).

    Late: past the due moment, or asked for a supplement more than once. One that waits for its only supplement ended,
    for this count, when that was asked for.
    """
    end = min(wish.period.ends, wish.now)
    past = Q(paused_at=None, due_at__lt=end) | Q(paused_at__gt=F("due_at"))
    standing = Q(finished_at=None) & (past | Q(supplements__gt=1))
    if wish.period.ends >= wish.now:
        return Q(received_at__lt=end) & standing
    since = Q(finished_at__gte=wish.period.ends, slow=True) & (Q(due_at__lt=end) | Q(supplements__gt=1))
    return Q(received_at__lt=end) & (standing | since)


def _marks(wish: Wish) -> dict[Measure, Q]:
    """What marks a fact, beside its month; `statements.CAME` and `WENT` say the same to the database."""
    disliked = rules_on(localdate(wish.now)).disliked_up_to
    return {
        Measure.RECEIVED: Q(),
        Measure.ONLINE: Q(channel="online"),
        Measure.DIGITISED: Q(digitised=True),
        Measure.REUSED: Q(reused=True),
        Measure.FULL_ONLINE: Q(full_online=True),
        Measure.ONLINE_RESULT: Q(channel="online") & (Q(has_result=True) | Q(on_paper=False)),
        Measure.COMPLETE: Q(digitised=True, has_result=True),
        Measure.USED_POPULATION: Q(used_population=True),
        Measure.USED_STORE: Q(used_store=True),
        Measure.FEE_DUE: Q(fee_due=True),
        Measure.PAID_ONLINE: Q(fee_due=True, paid_month__isnull=False),
        Measure.FINISHED: Q(),
        Measure.ON_TIME: Q(late=False),
        Measure.LATE: Q(late=True),
        Measure.KEPT_TIME: Q(slow=False),
        Measure.ON_PAPER: Q(on_paper=True),
        Measure.WITH_RESULT: Q(on_paper=True, has_result=True),
        Measure.DISLIKED: Q(lowest_score__lte=disliked),
        Measure.DISPLEASED: Q(lowest_score__lte=disliked) | Q(complained=True),
    }


def _stock(measure: Measure, now: datetime) -> Q:
    open_ = Q(finished_at=None, received_at__isnull=False)
    soon = now + timedelta(hours=rules_on(localdate(now)).due_soon_hours)
    return {
        Measure.OPEN: open_,
        Measure.OVERDUE: open_ & Q(due_at__lt=now, paused_at=None),
        Measure.DUE_SOON: open_ & Q(due_at__gte=now, due_at__lt=soon, paused_at=None),
        Measure.PAUSED: open_ & Q(state__in=WAITS),
        Measure.WAITING: Q(finished_at=None, received_at=None),
    }[measure]


def facts_of(wish: Wish) -> DossierFactQuerySet:
    """All that may be counted, whatever the measure."""
    found = DossierFact.objects.all()
    if wish.ids:
        found = found.of(wish.role, list(wish.ids))
    if wish.procedure is not None:
        found = found.filter(procedure=wish.procedure)
    if wish.officer is not None:
        found = found.filter(officer=wish.officer)
    return found


def listed(measure: Measure, wish: Wish, *, cause: Cause | None = None, lacking: bool = False) -> DossierFactQuerySet:
    """The list behind a figure; `lacking`: those that came or ended too and are not counted in it."""
    found = facts_of(wish).filter(condition(measure, wish))
    if lacking:
        whole = condition(WHOLE.get(measure, Measure.RECEIVED if measure in CAME else Measure.FINISHED), wish)
        found = facts_of(wish).filter(whole).exclude(pk__in=found.values("pk"))
    return found.filter(cause=cause) if cause is not None else found


WHOLE = {Measure.WITH_RESULT: Measure.ON_PAPER, Measure.PAID_ONLINE: Measure.FEE_DUE}
