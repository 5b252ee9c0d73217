"""How the indicators are counted that follow from dossiers and the catalogue. One short function for each formula."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from portal.dashboards.indicators.subject import Counted, Subject
from portal.dashboards.states import Measure

Formula = Callable[[Subject], Counted]
FORMULAS: dict[str, Formula] = {}
UNKNOWN = {
    "1.4": _("The exchange with the national portal does not say yet what was synchronised."),
    "3.5a": _("Payments are not counted yet."),
    "3.5b": _("Payments are not counted yet."),
    "3.6": _("Payments are not counted yet."),
    "4.CT": _("The formula is not known, so nothing is counted."),
    "5.1": _("Petitions are not counted yet."),
    "5.2": _("Petitions are not counted yet."),
    "5.3": _("Petitions are not counted yet."),
}
RECEIVED = Measure.RECEIVED
NOTHING = _("Nothing of this kind happened in the period.")


def formula(indicator: str) -> Callable[[Formula], Formula]:
    def keep(function: Formula) -> Formula:
        FORMULAS[indicator] = function
        return function

    return keep


@formula("1.1")
def published_in_time(subject: Subject) -> Counted:
    """NĐ 63/2010: so many working days before it takes effect."""
    kept = [
        one
        for one in subject.published
        if one.decided_on and subject.working_days(one.decided_on, one.from_on) >= subject.rules.published_before_effect
    ]
    return Counted(len(kept), len(subject.published), NOTHING)


@formula("1.2")
def posted_in_time(subject: Subject) -> Counted:
    kept = [
        one
        for one in subject.published
        if one.decided_on and subject.working_days(one.decided_on, one.posted_on) <= subject.rules.posted_within
    ]
    return Counted(len(kept), len(subject.published), NOTHING)


@formula("1.3")
def all_parts_shown(subject: Subject) -> Counted:
    return Counted(sum(one.complete for one in subject.offered), len(subject.offered), NOTHING)


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
    return Counted(sum(one.online for one in subject.offered), len(subject.offered), NOTHING)


@formula("3.2")
def used_online(subject: Subject) -> Counted:
    online = [one for one in subject.offered if one.online]
    used = [one for one in online if subject.of([one]).online]
    return Counted(len(used), len(online), NOTHING)


@formula("3.3")
def filed_online(subject: Subject) -> Counted:
    """To be multiplied by what was synchronised (1.4), once that is known."""
    return Counted(subject.whole.online_result, subject.whole.received, NOTHING, Measure.ONLINE_RESULT, whole=RECEIVED)


@formula("3.TT")
def wholly_online(subject: Subject) -> Counted:
    eligible = subject.of([one for one in subject.offered if one.full])
    return Counted(eligible.full_online, eligible.received, NOTHING, Measure.FULL_ONLINE)


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
    return Counted(sum(bool(subject.of([one]).used_population) for one in used), len(used), NOTHING)


@formula("4.5b")
def dossiers_with_population(subject: Subject) -> Counted:
    flow = subject.of([one for one in subject.offered if one.for_citizens])
    return Counted(flow.used_population, flow.received, NOTHING, Measure.USED_POPULATION)


@formula("5.4")
def content(subject: Subject) -> Counted:
    """Everything less the late and the disliked. Petitions about a dossier are not taken off yet."""
    open_, late = subject.unfinished
    whole = subject.whole
    scope = whole.finished + open_
    lost = (whole.finished - whole.kept_time) + late + whole.disliked
    return Counted(max(scope - lost, 0), scope, NOTHING, Measure.DISLIKED, lacking=False)
