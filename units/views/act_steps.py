"""How far an act is: who wrote, who signed, what is still needed, and how long until its day."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from portal.events.names import names_of
from portal.ui.wording import day, moment
from units.models import ReorgEvent, ReorgProof, ReorgSignature, ReorgSimulation
from units.operations.steps import day_of
from units.states import ActState

Json = dict[str, Any]
SIGNED = (ActState.SIGNED, ActState.SCHEDULED, ActState.EFFECTIVE, ActState.CORRECTED)
MOST_NAMES = 5


def steps(
    act: ReorgEvent, simulation: ReorgSimulation | None, signed: ReorgSignature | None, proof: ReorgProof | None
) -> list[Json]:
    """For components/task_list.html, in the order in which they are taken."""
    names = names_of([*act.authors[:MOST_NAMES], signed.signer if signed else ""])
    done, waits = _("done"), _("still needed")
    written = ", ".join(names.get(author, _("another officer")) for author in act.authors[:MOST_NAMES])
    stopping = sum(row["stops"] for row in simulation.blockers) if simulation else 0
    tried = simulation is not None and act.state != ActState.DRAFT
    rows = [
        (_("Writing the rows"), _("by %(names)s") % {"names": written} if written else "", done),
        (_("File of the resolution"), "", done if act.file_sha256 else waits),
        (_("Simulation"), _tried(simulation), done if tried and not stopping else waits),
        (pgettext("step of an act", "Signature"), _signed(signed, names), done if signed else waits),
        (_("Waiting for its day"), "", done if act.state in SIGNED[1:] else waits),
        (_("Taking effect"), moment(proof.made_at) if proof else "", done if act.state in SIGNED[2:] else _("not yet")),
    ]
    return [
        {
            "id": f"step-{number}",
            "name": name,
            "hint": hint,
            "status": status,
            "colour": "" if status == done else "blue",
        }
        for number, (name, hint, status) in enumerate(rows, 1)
    ]


def _tried(simulation: ReorgSimulation | None) -> str:
    if simulation is None:
        return ""
    stopping = sum(row["stops"] for row in simulation.blockers)
    told = _("No. %(number)s, %(moment)s") % {"number": simulation.number, "moment": moment(simulation.made_at)}
    if not stopping:
        return told
    words = ngettext("%(stopping)s thing stops the signature", "%(stopping)s things stop the signature", stopping)
    return f"{told}. {words % {'stopping': stopping}}"


def _signed(signed: ReorgSignature | None, names: dict[str, str]) -> str:
    if signed is None:
        return _("By somebody with the right who wrote none of the rows")
    name = names.get(signed.signer, _("another officer"))
    return _("by %(names)s") % {"names": name} + ", " + moment(signed.signed_at)


def countdown(act: ReorgEvent, now: datetime) -> str:
    """Server-made words, so that they hold without a script. Empty once the act is in force or given up."""
    left = (act.effective_on - day_of(now)).days
    if act.state == ActState.SCHEDULED and act.trouble:
        return ""  # the page says why it waits
    if act.state == ActState.SCHEDULED:
        return _until(left, act.effective_on)
    if act.state not in (ActState.DRAFT, ActState.SIMULATED, ActState.SIGNED) or act.corrects_id:
        return ""
    if left < 0:
        return _("Its day is over. Give it another day, or withdraw it.")
    told = ngettext(
        "%(left)s day is left to sign it and put it down.", "%(left)s days are left to sign it and put it down.", left
    )
    return told % {"left": left} if left else _("It has to be signed and put down today.")


def _until(left: int, on: date) -> str:
    if left <= 0:
        return _("Its day has come: it takes effect within a minute.")
    told = ngettext(
        "Takes effect by itself in %(left)s day, at 00:00 on %(day)s.",
        "Takes effect by itself in %(left)s days, at 00:00 on %(day)s.",
        left,
    )
    return told % {"left": left, "day": day(on)}
