"""How the indicators are counted that follow from dossiers and the catalogue. One short function for each formula."""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext_lazy as _

from portal.dashboards.indicators.subject import Counted, Offered, Subject
from portal.dashboards.states import Measure
from portal.dashboards.states import PetitionMeasure as Petitions

Formula = Callable[[Subject], Counted]
FORMULAS: dict[str, Formula] = {}
UNKNOWN = {
    "1.4": _("This portal sends no dossiers to the national portal yet, so nothing could be synchronised."),
}
RECEIVED = Measure.RECEIVED
NOTHING = _("Nothing of this kind happened in the period.")
NOT_BY_PROCEDURE = _("Petitions are not told apart by procedure.")


def formula(indicator: str) -> Callable[[Formula], Formula]:
    def keep(function: Formula) -> Formula:
        FORMULAS[indicator] = function
        return function

    return keep


def of_procedures(counted: Sequence[Offered], whole: Sequence[Offered]) -> Counted:
    return Counted(
        len(counted),
        len(whole),
        NOTHING,
        procedures=frozenset(one.procedure for one in counted),
        among=frozenset(one.procedure for one in whole),
    )


@formula("1.1")
def published_in_time(subject: Subject) -> Counted:
    """NĐ 63/2010: so many working days before it takes effect."""
    kept = [
        one
        for one in subject.published
        if one.decided_on and subject.working_days(one.decided_on, one.from_on) >= subject.rules.published_before_effect
    ]
    return of_procedures(kept, subject.published)


@formula("1.2")
def posted_in_time(subject: Subject) -> Counted:
    kept = [
        one
        for one in subject.published
        if one.decided_on and subject.working_days(one.decided_on, one.posted_on) <= subject.rules.posted_within
    ]
    return of_procedures(kept, subject.published)


@formula("1.3")
def all_parts_shown(subject: Subject) -> Counted:
    return of_procedures([one for one in subject.offered if one.complete], subject.offered)


@formula("2.1")
def in_time(subject: Subject) -> Counted:
    open_, late = subject.unfinished
    whole = subject.whole
    return Counted(
        whole.kept_time + max(open_ - late, 0), whole.finished + open_, NOTHING, Measure.INDEX_LATE, lacking=False
    )


@formula("2.2")
def mean_time(subject: Subject) -> Counted:
    """In days and parts of days: what the procedures name, working days among it, is not told apart yet."""
    whole = subject.whole
    return Counted(whole.net_seconds, whole.finished, NOTHING, Measure.FINISHED, lacking=False, factor=86400)


@formula("3.1")
def offered_online(subject: Subject) -> Counted:
    return of_procedures([one for one in subject.offered if one.online], subject.offered)


@formula("3.2")
def used_online(subject: Subject) -> Counted:
    online = [one for one in subject.offered if one.online]
    used = [one for one in online if subject.of([one]).online]
    return of_procedures(used, online)


@formula("3.3")
def filed_online(subject: Subject) -> Counted:
    """To be multiplied by what was synchronised (1.4), once that is known."""
    return Counted(subject.whole.online_result, subject.whole.received, NOTHING, Measure.ONLINE_RESULT, whole=RECEIVED)


@formula("3.TT")
def wholly_online(subject: Subject) -> Counted:
    eligible = subject.of([one for one in subject.offered if one.full])
    return Counted(eligible.full_online, eligible.received, NOTHING, Measure.FULL_ONLINE)


@formula("3.5a")
def open_to_payment(subject: Subject) -> Counted:
    """The amount is known to whoever pays, and there is somewhere to pay it."""
    costing = [one for one in subject.offered if one.has_fee]
    return of_procedures([one for one in costing if one.is_priced and subject.can_be_paid], costing)


@formula("3.5b")
def with_payment(subject: Subject) -> Counted:
    costing = [one for one in subject.offered if one.has_fee]
    return of_procedures([one for one in costing if one.procedure in subject.paid], costing)


@formula("3.6")
def paid_online(subject: Subject) -> Counted:
    """Of the dossiers that owed something, as far as it was assessed."""
    whole = subject.whole
    return Counted(whole.paid_online, whole.fee_due, NOTHING, Measure.PAID_ONLINE, whole=Measure.FEE_DUE)


@formula("4.1")
def electronic_results(subject: Subject) -> Counted:
    return Counted(
        subject.whole.with_result, subject.whole.on_paper, NOTHING, Measure.WITH_RESULT, whole=Measure.ON_PAPER
    )


@formula("4.2")
def digitised(subject: Subject) -> Counted:
    return Counted(subject.whole.complete, subject.whole.received, NOTHING, Measure.COMPLETE, whole=RECEIVED)


@formula("4.3")
def reused(subject: Subject) -> Counted:
    return Counted(subject.whole.reused, subject.whole.received, NOTHING, Measure.REUSED, whole=RECEIVED)


@formula("4.4")
def from_stores(subject: Subject) -> Counted:
    return Counted(subject.whole.used_store, subject.whole.received, NOTHING, Measure.USED_STORE, whole=RECEIVED)


@formula("4.5a")
def procedures_with_population(subject: Subject) -> Counted:
    used = [one for one in subject.offered if one.for_citizens and subject.of([one]).received]
    return of_procedures([one for one in used if subject.of([one]).used_population], used)


@formula("4.5b")
def dossiers_with_population(subject: Subject) -> Counted:
    flow = subject.of([one for one in subject.offered if one.for_citizens])
    return Counted(flow.used_population, flow.received, NOTHING, Measure.USED_POPULATION)


@formula("4.CT")
def certified_copies(subject: Subject) -> Counted:
    """Offered online, and a copy was given out as a signed file. NĐ 45/2020 Đ.10; the formula is not verified."""
    asked = [one for one in subject.offered if one.code in subject.rules.certified_copies]
    return of_procedures([one for one in asked if one.online and subject.of([one]).with_result], asked)


def of_petitions(subject: Subject, counted: int, whole: Petitions, lowered: Petitions, *, lacking: bool) -> Counted:
    """Petitions are not told apart by procedure."""
    if subject.wish.procedure is not None:
        return Counted(None, None, NOT_BY_PROCEDURE)
    found = subject.petitions[whole]
    return Counted(counted, found, NOTHING, petitions=lowered, lacking=lacking, whole_petitions=whole)


@formula("5.1")
def sorted_petitions(subject: Subject) -> Counted:
    counted = subject.petitions[Petitions.SORTED]
    return of_petitions(subject, counted, Petitions.FILED, Petitions.SORTED, lacking=True)


@formula("5.2")
def petitions_in_time(subject: Subject) -> Counted:
    counted = subject.petitions[Petitions.KEPT]
    return of_petitions(subject, counted, Petitions.ANSWERABLE, Petitions.BROKEN, lacking=False)


@formula("5.3")
def pleased_petitioners(subject: Subject) -> Counted:
    """All less the disliked, the repeated and the late: one that is all three is taken off three times."""
    told = subject.petitions
    lost = told[Petitions.DISLIKED] + told[Petitions.REPEATED] + told[Petitions.LATE]
    counted = max(told[Petitions.FILED] - lost, 0)
    return of_petitions(subject, counted, Petitions.FILED, Petitions.LOWERING, lacking=False)


@formula("5.4")
def content(subject: Subject) -> Counted:
    """Everything less the late, and less those that were disliked or are named in a petition."""
    open_, late = subject.unfinished
    whole = subject.whole
    scope = whole.finished + open_
    lost = (whole.finished - whole.kept_time) + late + whole.displeased
    return Counted(max(scope - lost, 0), scope, NOTHING, Measure.DISPLEASED, lacking=False)
