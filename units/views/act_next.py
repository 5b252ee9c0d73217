"""What is to be done with an act now, said to the one who reads its page, and the acts that belong to it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from units.models import ReorgEvent, UndecidedItem
from units.policies import Asker
from units.queries.acts import undecided_for
from units.states import Action, ActState
from units.views.act_words import STATES
from units.views.words import number

MOST_OTHERS = 5


@dataclass(frozen=True, slots=True)
class Next:
    """`url`: where it is done; empty where the button stands beside it, or where others do it."""

    text: str
    url: str = ""


def next_step(act: ReorgEvent, user: Asker, able: Mapping[str, bool], *, stopping: int) -> Next | None:
    if act.state == ActState.DRAFT:
        return Next(_draft(able))
    if act.state == ActState.SIMULATED:
        return _simulated(able, stopping)
    if act.state == ActState.SIGNED:
        if able[Action.SCHEDULE]:
            return Next(_("Let it wait for its day; it then takes effect by itself."))
        return Next(_("Whoever may sign lets it wait for its day."))
    return _in_force(act, user) if act.state == ActState.EFFECTIVE else None


def _draft(able: Mapping[str, bool]) -> str:
    if able[Action.SIMULATE]:
        return _("Simulate it: you see what would move and what is in the way. Nothing is changed by that.")
    return _("It is being drafted. Whoever drafts it simulates it; then it waits for a signature.")


def _simulated(able: Mapping[str, bool], stopping: int) -> Next:
    if stopping:
        words = ngettext(
            "Cure the %(stopping)s thing that stops the signature, then simulate again.",
            "Cure the %(stopping)s things that stop the signature, then simulate again.",
            stopping,
        )
        return Next(words % {"stopping": number(stopping)})
    if able[Action.SIGN]:
        return Next(_("Read the tables, then sign at the end of the page."), "#sign")
    return Next(_("It waits for the signature of somebody with the right who wrote none of it."))


def _in_force(act: ReorgEvent, user: Asker) -> Next | None:
    left = UndecidedItem.objects.filter(event=act).waiting().count()
    if not left:
        return None
    words = ngettext(
        "%(left)s thing waits until somebody decides to which unit it belongs.",
        "%(left)s things wait until somebody decides to which unit they belong.",
        left,
    )
    url = f"{reverse('units:undecided')}?act={act.pk}" if undecided_for(user).filter(event=act).exists() else ""
    return Next(words % {"left": number(left)}, url)


def others(act: ReorgEvent) -> list[dict[str, str]]:
    """For components/summary_list.html: what it corrects, and what corrects it."""
    rows = [(_("Corrects"), act.corrects)] if act.corrects else []
    later = act.corrections.exclude(state=ActState.WITHDRAWN).order_by("-id")[:MOST_OTHERS]
    rows += [(_("Corrected by"), each) for each in later]
    return [
        {"key": key, "value": each.legal_no, "link": reverse("units:act", args=[each.pk]),
         "tag": "" if each.state == ActState.EFFECTIVE else str(STATES[each.state][0])}
        for key, each in rows
    ]  # fmt: skip
