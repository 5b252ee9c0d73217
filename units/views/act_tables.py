"""The tables of an act's page, each bounded; whoever needs every row of thousands reads them over REST."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from units.kinds import full_name
from units.models import ReorgEvent, ReorgSimulation
from units.operations.rows import Table, table_of
from units.operations.simulating import compare, words_of
from units.queries.nearest import nearest_versions
from units.states import ActState
from units.views.act_words import SHARES

MOST = 200
Json = dict[str, Any]


def all_tables(act: ReorgEvent, simulations: Sequence[ReorgSimulation]) -> list[Json]:
    """`simulations`: the last two, the newer one first."""
    table = table_of(act)
    simulation = simulations[0] if simulations else None
    asked = {row.old_id for row in table.sources} | {row.new_id for row in table.sources if row.new_id}
    asked |= {row.parent_id for row in table.results if row.parent_id} | {row.unit_id for row in table.results}
    asked |= {row["unit"] for each in simulations for row in each.counts + each.blockers}
    versions = nearest_versions(asked, act.effective_on)
    names = {unit_id: version.full_name for unit_id, version in versions.items()}
    names |= {row.unit_id: full_name(row.type, row.name) for row in table.results}
    found = [_sources(table, names), _results(table, names)]
    if simulation and act.state not in (ActState.EFFECTIVE, ActState.CORRECTED):  # then the report tells it
        found = [_blockers(simulation, names), *found, _counts(simulation, names)]
        found[1:1] = [_differences(older, simulation, names) for older in simulations[1:]]
    return [each for each in found if each["rows"]]


def bounded(label: str, heads: list[str], rows: list[list[Json]], total: int) -> Json:
    for row in rows:
        for head, cell in zip(heads[1:], row[1:], strict=True):
            cell["label"] = head
    told = [{"text": head, "numeric": bool(rows and rows[0][at].get("numeric"))} for at, head in enumerate(heads)]
    more = _("The first %(most)s of %(total)s rows.") % {"most": MOST, "total": total} if total > MOST else ""
    return {"label": label, "heads": told, "rows": rows, "more": more}


def _sources(table: Table, names: dict[int, str]) -> Json:
    rows: list[list[Json]] = []
    for row in table.sources[:MOST]:
        rule = "; ".join(str(entry) for entries in (row.rule or {}).values() for entry in list(entries)[:10])
        into = names.get(row.new_id, "") if row.new_id else _("no successor")
        share = str(SHARES[row.share]) + (" · " + _("default") if row.is_default else "")
        rows.append(
            [{"text": names.get(row.old_id, f"#{row.old_id}")}, {"text": into}, {"text": share}, {"text": rule or "–"}]
        )
    heads = [_("Old unit"), _("Goes into"), _("How much"), _("Rule")]
    return bounded(_("Where old units go"), heads, rows, len(table.sources))


def _results(table: Table, names: dict[int, str]) -> Json:
    rows = [
        [
            {"text": full_name(row.type, row.name)},
            {"text": names.get(row.parent_id, "–") if row.parent_id else _("as it is")},
            {"text": row.code or _("as it is")},
            {"text": _("new") if row.is_new else _("lives on")},
        ]
        for row in table.results[:MOST]
    ]
    heads = [_("Unit from the day on"), _("Unit above"), _("Unit code"), _("New or not")]
    return bounded(_("Units from the day on"), heads, rows, len(table.results))


def _blockers(simulation: ReorgSimulation, names: dict[int, str]) -> Json:
    rows: list[list[Json]] = []
    for row in simulation.blockers[:MOST]:
        known = words_of(row["handover"]).blockers.get(row["code"])
        told = {"number": row["number"], "unit": names.get(row["unit"], "")}
        what, cure = (str(known.what) % told, str(known.cure) % told) if known else (row["code"], "")
        weight = {"text": _("stops the signature"), "colour": "red"} if row["stops"] else {"text": _("note")}
        cured: Json = {"text": cure, "url": row["url"]} if row["url"] else {"text": cure}
        rows.append([{"text": what}, cured, weight])
    heads = [_("In the way"), _("What to do"), _("How much it weighs")]
    return bounded(_("What is in the way"), heads, rows, len(simulation.blockers))


def _counts(simulation: ReorgSimulation, names: dict[int, str]) -> Json:
    """By unit, kind and state; officers stand in REST, where names are looked up by who may."""
    sums: Counter[tuple[int, str, str, str]] = Counter()
    for row in simulation.counts:
        sums[row["unit"], row["handover"], row["what"], row["state"]] += row["number"]
    rows: list[list[Json]] = []
    for (unit, name, what, state), number in sorted(sums.items())[:MOST]:
        words = words_of(name)
        thing = str(words.things.get(what, what))
        rows.append(
            [
                {"text": names.get(unit, f"#{unit}")},
                {"text": capfirst(thing)},
                {"text": str(words.states.get(state, state)) or "–"},
                {"text": str(number), "numeric": True},
            ]
        )
    moment = timezone.localtime(simulation.made_at).strftime("%H:%M %d/%m/%Y")
    label = _("What would move, as of %(moment)s") % {"moment": moment}
    return bounded(label, [_("Unit"), _("What"), _("State"), pgettext("amount", "Number")], rows, len(sums))


def _differences(older: ReorgSimulation, newer: ReorgSimulation, names: dict[int, str]) -> Json:
    """Summed over officers, as the table of figures is."""
    sums: dict[tuple[str, str, str], list[int]] = {}
    for each in compare(older, newer):
        words = words_of(each.row["handover"])
        if each.part == "counts":
            state = str(words.states.get(each.row["state"], each.row["state"]))
            thing = str(words.things.get(each.row["what"], each.row["what"]))
            what = " · ".join(filter(None, [capfirst(thing), state]))
        else:
            known = words.blockers.get(each.row["code"])
            told = {"number": max(each.before, each.after), "unit": names.get(each.row["unit"], "")}
            what = str(known.what) % told if known else each.row["code"]
        figures = sums.setdefault((names.get(each.row["unit"], f"#{each.row['unit']}"), each.part, what), [0, 0])
        figures[0], figures[1] = figures[0] + each.before, figures[1] + each.after
    changed = [(unit, what, figures) for (unit, _part, what), figures in sums.items() if figures[0] != figures[1]]
    rows: list[list[Json]] = [
        [{"text": what}, {"text": unit}, *({"text": str(figure), "numeric": True} for figure in figures)]
        for unit, what, figures in changed[:MOST]
    ]
    told = {"older": older.number, "newer": newer.number}
    label = _("What changed from simulation %(older)s to %(newer)s") % told
    return bounded(label, [_("What"), _("Unit"), _("Before"), _("Now")], rows, len(changed))
