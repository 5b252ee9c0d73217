"""Units, acts and what happened, in words."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from portal.ui.wording import day
from units import queries
from units.country import data_from
from units.kinds import LABELS, LEVEL_OF, ActKind, Level, UnitType
from units.models import ReorgEvent
from units.views.shared import unit_url

# Of the National Assembly (30/2026/QH16), its Standing Committee or a People's Council (237/NQ-UBTVQH16).
RESOLUTION = re.compile(r"/NQ\b|/QH\d+$")


@dataclass(frozen=True)
class Line:
    """One unit in a list of a page. `now` says in words what became of it; `hint` marks the likeliest of several."""

    text: str
    url: str
    code: str = ""
    place: str = ""
    formerly: str = ""
    now: str = ""
    share: str = ""
    hint: bool = False


@dataclass(frozen=True)
class Event:
    """For components/timeline.html."""

    title: str
    on: date
    by: str
    note: str


def number(value: int) -> str:
    """14.208 in Vietnamese, 14,208 in English; Django's Vietnamese format groups nothing."""
    grouped = f"{value:,}"
    return grouped.replace(",", ".") if get_language() == "vi" else grouped


def lower_label(kind: str) -> str:
    return LABELS[kind].lower()


def tally(types: Counter[str], level: Level) -> str:
    """ "3.321 (2.621 xã, 687 phường, 13 đặc khu)" for the units of one level; empty when there are none."""
    shown = {kind.value: types[kind] for kind in UnitType if LEVEL_OF[kind] == level and types[kind]}
    if not shown:
        return ""
    parts = ", ".join(f"{number(many)} {lower_label(kind)}" for kind, many in shown.items())
    return f"{number(sum(shown.values()))} ({parts})"


def act_name(act: ReorgEvent) -> str:
    """Its number and day; the title for the list with which the data begin, which is no decision."""
    if begins_data(act):
        return act.title
    facts = {"number": act.legal_no, "day": day(act.legal_date)}
    if RESOLUTION.search(act.legal_no):
        return _("Resolution %(number)s of %(day)s") % facts
    return _("Act %(number)s of %(day)s") % facts


def begins_data(act: ReorgEvent) -> bool:
    return act.kind == ActKind.LOAD and act.effective_on == data_from()


def doubt(act: ReorgEvent) -> str:
    """Says that a day is assumed; empty when it is certain."""
    return "" if act.effective_on_confirmed else _("The effective day is not confirmed yet.")


def span(first: date, until: date | None) -> str:
    """`until` is the first day on which it holds no more. What held when the data begin may be much older."""
    if first == data_from():
        if until is None:
            return _("already on %(day)s, and still") % {"day": day(first)}
        return _("up to %(day)s") % {"day": day(until - timedelta(days=1))}
    if until is None:
        return _("since %(day)s") % {"day": day(first)}
    return _("from %(first)s up to %(last)s") % {"first": day(first), "last": day(until - timedelta(days=1))}


def named(full_name: str, place: str) -> str:
    return f"{full_name}, {place}" if place else full_name


def becomes(now: Iterable[queries.Successor], unit_id: int) -> str:
    """What the unit is now, in one sentence; empty when it is itself."""
    rows = list(now)
    if [row.unit_id for row in rows] == [unit_id]:
        return ""
    if not rows:
        return _("It has no successor.")
    names = "; ".join(named(row.full_name, row.parent_name) for row in rows)
    if len(rows) == 1:
        return _("Now: %(name)s") % {"name": names}
    return _("Now divided among: %(names)s") % {"names": names}


def successor_line(row: queries.Successor, on: date) -> Line:
    return Line(
        text=row.full_name,
        url=unit_url(row.unit_id, on),
        code=row.code,
        place=row.parent_name,
        share=share(row.kind),
        hint=row.is_default and row.kind == "part",
    )


def share(kind: str) -> str:
    return {"whole": _("all of it"), "part": _("part of it"), "boundary": _("a strip at its boundary")}.get(kind, "")


def found_line(row: queries.Found, on: date) -> Line:
    """A search result: the name it bore last, where, its other names, and what it is today."""
    others = dict.fromkeys(name.full_name for name in reversed(row.names[:-1]) if name.full_name != row.full_name)
    return Line(
        text=row.full_name,
        url=unit_url(row.unit_id, on),
        code=row.code,
        place=row.place,
        formerly=_("Before: %(names)s") % {"names": ", ".join(others)} if others else "",
        now=becomes(row.now, row.unit_id),
    )


def party_line(party: queries.Party, on: date) -> Line:
    return Line(
        text=party.full_name,
        url=unit_url(party.unit_id, on),
        code=party.code,
        place=party.parent_name,
        share=share(party.kind),
    )


def _names(parties: Iterable[queries.Party]) -> str:
    return "; ".join(
        f"{named(party.full_name, party.parent_name)} ({share(party.kind)})" if share(party.kind) else party.full_name
        for party in parties
    )


def event(step: queries.Step) -> Event:
    """One step of a unit's history."""
    titles = {
        "loaded": _("In the list with which the data begin"),
        "formed": ngettext("Formed from %(many)d unit", "Formed from %(many)d units", len(step.before)),
        "changed": _("Changed"),
        "dissolved": ngettext("Ended; %(many)d successor", "Ended; %(many)d successors", len(step.after)),
    }
    title = titles[step.what]
    if step.what == "changed":
        title, note = _change(step)
    elif step.what == "formed":
        title, note = title % {"many": len(step.before)}, _names(step.before)
    elif step.what == "dissolved":
        title = title % {"many": len(step.after)} if step.after else _("Ended without successor")
        note = _names(step.after)
    else:
        note = ""
    about = [] if begins_data(step.act) else [step.act.title, step.act.note]
    remarks = [note, *about, doubt(step.act)]
    return Event(title, step.on, act_name(step.act), " ".join(_sentence(remark) for remark in remarks if remark))


def _change(step: queries.Step) -> tuple[str, str]:
    older, newer = step.before[0], step.after[0]
    if older.full_name != newer.full_name:
        title = _("From %(older)s to %(newer)s") % {"older": older.full_name, "newer": newer.full_name}
    else:
        title = _("Now in %(place)s") % {"place": newer.parent_name}
    moved = older.parent_name != newer.parent_name and older.full_name != newer.full_name
    places = {"older": older.parent_name, "newer": newer.parent_name}
    return title, _("Before in %(older)s, since then in %(newer)s.") % places if moved else ""


def _sentence(text: str) -> str:
    return text if text.endswith(".") else f"{text}."
