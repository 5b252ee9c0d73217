"""What the report on an act says: all of it is read from its proof, nothing is typed.

Documents are Vietnamese for every reader, so kinds and states are named in Vietnamese whoever looks on.
"""

import json
from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import Count, Max
from django.utils.timezone import localdate, localtime
from django.utils.translation import override

from documents.layouts.words import day, moment
from units.models import ReorgEvent, ReorgProof, UndecidedItem
from units.operations.proving import proof_digest
from units.operations.simulating import words_of
from units.queries.nearest import nearest_versions

WORDS = Path(__file__).parent / "data" / "act_report.json"
MOST_FIGURES, MOST_PAIRS, MOST_FINDINGS = 100, 400, 100  # what the layout takes
Json = dict[str, Any]


@cache
def words() -> dict[str, str]:
    found: dict[str, str] = json.loads(WORDS.read_text(encoding="utf-8"))
    return found


def named(act: ReorgEvent) -> str:
    return words()["act"].format(number=act.legal_no, day=_plain(act.legal_date))


def subject(act: ReorgEvent) -> str:
    return words()["subject"].format(act=_lower(named(act)), title=_topic(act))


def content(act: ReorgEvent, proof: ReorgProof) -> Json:
    with override("vi"):
        return _content(act, proof)


def _content(act: ReorgEvent, proof: ReorgProof) -> Json:
    undecided = list(
        UndecidedItem.objects.filter(event=act).values("held_by").annotate(number=Count("id"), until=Max("due_at"))
    )
    names = _names(proof, (row["held_by"] for row in undecided), act.effective_on)
    figures, moves = _figures(proof), _moves(proof, names)
    findings = [_finding(row, names) for row in proof.findings]
    parts = (("1", figures, MOST_FIGURES), ("2", moves, MOST_PAIRS), ("3", undecided, MOST_PAIRS))
    more = [
        words()["more"].format(part=part, shown=most, total=len(rows)) for part, rows, most in parts if len(rows) > most
    ]
    waiting = sum(row["number"] for row in undecided)
    return {
        "paragraphs": [
            words()["effect"].format(
                act=named(act), title=_lower(act.title), effective=day(act.effective_on),
                moment=moment(localtime(proof.made_at)),
            ),
            words()["holds"] if proof.holds else words()["does_not_hold"].format(number=len(findings)),
            words()["undecided"].format(number=waiting) if waiting else words()["nothing_undecided"],
            *more,
        ],
        "figures": figures[:MOST_FIGURES],
        "moves": moves[:MOST_PAIRS],
        "undecided": [
            {
                "unit": names[row["held_by"]], "number": row["number"],
                "until": localdate(row["until"]).isoformat(),
            }
            for row in sorted(undecided, key=lambda row: names[row["held_by"]])[:MOST_PAIRS]
        ],
        "findings": findings[:MOST_FINDINGS],
        "digest": proof_digest(proof),
    }  # fmt: skip


def _figures(proof: ReorgProof) -> list[Json]:
    """By kind and state, over all units of the act: before and after."""
    sums: dict[tuple[str, str, str], list[int]] = {}
    for place, rows in enumerate((proof.before, proof.after)):
        for row in rows:
            sums.setdefault((row["handover"], row["what"], row["state"]), [0, 0])[place] += row["number"]
    return [{"what": _thing(*key), "before": before, "after": after} for key, (before, after) in sorted(sums.items())]


def _moves(proof: ReorgProof, names: dict[int, str]) -> list[Json]:
    """One row for each pair of units."""
    pairs: dict[tuple[int, int], Counter[tuple[str, str]]] = {}
    for move in proof.moves:
        pair = (move["from_unit"], move["to_unit"] or 0)
        pairs.setdefault(pair, Counter())[move["handover"], move["what"]] += move["number"]
    rows = []
    for (before, after), things in pairs.items():
        what = "; ".join(f"{_thing(*thing, '')}: {number}" for thing, number in sorted(things.items()))
        rows.append({"from": names[before], "to": names[after], "what": what})
    return sorted(rows, key=lambda row: (row["from"], row["to"]))


def _thing(handover: str, what: str, state: str) -> str:
    known = words_of(handover)
    thing, in_state = str(known.things.get(what, what)), str(known.states.get(state, state))
    return f"{thing} · {in_state}" if in_state else thing


def _finding(row: Json, names: dict[int, str]) -> str:
    text = str(words_of(row["handover"]).findings.get(row["code"], row["code"]))
    return text % {"number": row["number"], "unit": names.get(row["unit"] or 0, "")}


def _names(proof: ReorgProof, more: Iterable[int], on: date) -> dict[int, str]:
    asked = {move[place] for move in proof.moves for place in ("from_unit", "to_unit") if move[place]}
    asked |= {row["unit"] for row in proof.findings if row["unit"]} | set(more)
    names = {unit_id: version.full_name for unit_id, version in nearest_versions(asked, on).items()}
    return {unit_id: names.get(unit_id, f"#{unit_id}") for unit_id in asked} | {0: words()["without_successor"]}


def _topic(act: ReorgEvent) -> str:
    """The subject line says itself with what titles of resolutions begin."""
    title = _lower(act.title)
    return title.removeprefix(words()["title_begins"])


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _plain(on: date) -> str:
    return day(on).removeprefix(words()["day_begins"])
