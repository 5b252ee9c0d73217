"""One dossier in the words of the desk: what was declared, the papers, the clock, what happened, what was said."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.calendar import remaining
from portal.events import Event
from portal.events.wording import actor_in_words, event_in_words
from portal.ui.wording import deadline, moment
from services import filing, versions, wording_postal
from services.about import about
from services.declarations import Kind, Section, World, read, review, walk
from services.forms.desk import PaperForm
from services.kinds import Form
from services.models import ClockEntry, Dossier, Evidence, PrintedForm, RealMoment
from services.policies import abilities, may_ask_for_post, may_report_mistake
from services.queries.clock import explained
from services.queries.corrections import is_correctable, is_pending
from services.queries.dossiers import names_of_actors
from services.queries.money import balance_of
from services.queries.parts import DeskParts, Papers, desk_parts, postal_of
from services.queries.postal import may_be_sent
from services.queries.real_moments import claimable
from services.queries.staffing import may_be_worked_on
from services.states import Action, FormState, State
from services.views import desk as queue
from services.views import money_words
from services.views.consultation_words import with_answers_in_words
from services.views.declaring_words import source
from services.views.handover_words import between_units_in_words
from services.views.mandates import in_words
from services.wording import CHANNELS
from services.wording_desk import COLOURS, FORM_STATES, FORMS, state_in_words
from units.queries.nearest import nearest_versions

Context = dict[str, Any]
ANSWER_SHOWN = 100  # letters
# In the order of the page; the letter is the access key.
DEEDS = (
    (Action.ASK_SUPPLEMENT_AT_RECEPTION, "services:desk-supplement", "b"),
    (Action.REFUSE, "services:desk-refusal", "x"),
    (Action.REROUTE, "services:desk-rerouting", "c"),
    (Action.RETURN, "services:desk-handing-out", "r"),
)


def whole(dossier: Dossier, user: User, now: datetime) -> Context:
    may, parts = abilities(user, dossier), desk_parts(dossier)
    moments = real_moments(parts)
    return {
        "dossier": dossier,
        "title": f"{dossier} · {dossier.owner_name}",
        "procedure": dossier.version.name_vi,
        "state": state_in_words(dossier.state, dossier.stage),
        "colour": COLOURS.get(State(dossier.state), "grey"),
        "may": may,
        "is_worked": may_be_worked_on(dossier, localdate(now)),
        "actions": actions(dossier, may),
        "facts": facts(dossier),
        "sections": sections(dossier, parts.evidence),
        "papers": papers(dossier, parts.papers),
        "requests": parts.asked(),
        "printed": printed(parts.forms),
        "messages_said": parts.messages,
        "notes": parts.notes,
        "events": events(dossier, user, parts.events),
        "corrections": parts.corrections,
        "extensions": parts.extensions,
        "moments": moments,
        "may_claim": bool(dossier.accepted_at and claimable(user, dossier, moments, parts.steps)),
        "may_report": is_correctable(dossier)
        and may_report_mistake(user, dossier)
        and not any(map(is_pending, parts.corrections)),
        "handovers": between_units_in_words(parts.handovers, now),
        "consultations": with_answers_in_words(parts.consultations, now),
        "links": parts.links,
        "postal": wording_postal.lines(postal_of(parts)),
        "may_post": may_ask_for_post(user, dossier) and may_be_sent(dossier, parts.postal),
        **clock(dossier, now, parts.entries),
    }


def real_moments(parts: DeskParts) -> list[RealMoment]:
    """With the steps that they are about."""
    steps = {step.pk: step for step in parts.steps}
    for row in parts.moments:
        row.step = steps.get(row.step_id) if row.step_id else None
    return parts.moments


def actions(dossier: Dossier, may: dict[str, bool]) -> list[tuple[str, str, str]]:
    words = {
        Action.ASK_SUPPLEMENT_AT_RECEPTION: _("Ask for a supplement (B)"),
        Action.REFUSE: _("Do not receive (X)"),
        Action.REROUTE: _("Send on (C)"),
        Action.RETURN: _("Hand out the result (R)"),
    }
    return [(words[action], reverse(name, args=[dossier.pk]), key) for action, name, key in DEEDS if may[action.value]]


def facts(dossier: Dossier) -> list[Context]:
    on = localdate(dossier.submitted_at)
    units = nearest_versions(dossier.unit_ids(), on)
    contact = dossier.contact
    reached = ", ".join(str(contact[name]) for name in ("phone", "email", "address") if contact.get(name))

    def unit(unit_id: int) -> str:
        return units[unit_id].full_name if unit_id in units else ""

    rows = [
        {"key": _("Owner"), "value": dossier.owner_name, "source": dossier.owner_number},
        {"key": _("Filer"), "value": dossier.filer_name, "source": reached},
        {"key": _("Filed"), "value": moment(dossier.submitted_at), "source": str(CHANNELS[dossier.channel])},
        {"key": _("Reference"), "value": dossier.reference},
        {"key": _("Competent organ"), "value": unit(dossier.competent_unit_id), "lang": "vi"},
        {"key": _("Responsible now"), "value": unit(dossier.responsible_unit_id), "lang": "vi"},
        {
            "key": _("Result is handed out at"),
            "value": unit(dossier.returning_unit_id),
            "lang": "vi",
            "source": str(CHANNELS[dossier.return_channel]),
        },
    ]
    rows.append(fee_row(dossier))
    if dossier.reason:
        rows.append(reason_row(dossier))
    if mandate := getattr(dossier, "mandate", None):
        rows += in_words(mandate)
    return rows


def fee_row(dossier: Dossier) -> dict[str, Any]:
    words, _colour = money_words.standing(balance_of(dossier))
    link = reverse("services:desk-fee", args=[dossier.pk])
    return {"key": _("Fee"), "value": words, "link": link}


def reason_row(dossier: Dossier) -> dict[str, Any]:
    """A refusal ends with the line that names its legal ground."""
    reason, ground = dossier.reason, ""
    if State(dossier.state) is State.REFUSED and "\n" in reason:
        reason, _line, ground = reason.rpartition("\n")
    return {"key": _("Reason"), "value": reason, "lang": "vi", "source": ground}


def clock(dossier: Dossier, now: datetime, entries: Sequence[ClockEntry]) -> Context:
    """What is left of the time that counts now, and the due moment line by line once there is one."""
    found = explained(dossier, entries)
    if found is None:
        calendars = queue.calendars_for([dossier], now) if dossier.is_open else {}
        return {"deadline": queue.left(dossier, now, calendars.get(dossier.responsible_unit_id))}
    due, calendar = found
    left = remaining(now=now, due=due, calendar=calendar) if dossier.is_open else None
    return {
        "deadline": deadline(left) if left else queue.left(dossier, now, None),
        "lines": [line.text for line in due.lines],
        "warnings": [one.text for one in due.warnings],
    }


def world_of(dossier: Dossier, evidence: Iterable[Evidence] | None = None) -> World:
    """The units of the day of filing, and what registers said for this dossier, in the names and shapes of its form."""
    _evidence, world = filing.world_of(
        filing.asked_for(dossier.pk) if evidence is None else evidence,
        version=dossier.version,
        meaning=about(dossier.version.code),
        citizen=None,
        answers=dossier.answers,
        now=dossier.submitted_at,
    )
    return world


def declared(dossier: Dossier, evidence: Iterable[Evidence] | None = None) -> list[Section]:
    """As it was declared."""
    definition = dossier.version.form.definition
    if not definition:
        return []
    world = world_of(dossier, evidence)
    return review(walk(read(definition), dossier.answers, world), world)


def answers_to_ask(dossier: Dossier, *, most: int) -> list[tuple[str, str]]:
    """Pointer and words of each answer that may be asked for again: not what data have said, and no papers."""
    found: list[tuple[str, str]] = []
    for section in declared(dossier):
        for line in section.lines:
            if line.sourced is not None or not line.words or line.question.kind is Kind.FILES:
                continue
            of_row = f"{section.title} {section.number}, " if section.number else ""
            found.append((line.pointer, f"{of_row}{line.question.label}: {line.words[:ANSWER_SHOWN]}"))
    return found[:most]


def sections(dossier: Dossier, evidence: Iterable[Evidence] | None = None) -> list[Context]:
    told = []
    for section in declared(dossier, evidence):
        title = f"{section.title} {section.number}" if section.number else str(section.title)
        rows = [
            {"key": line.question.label, "value": line.words, "source": source(line.sourced)}
            for line in section.lines
            if line.words
        ]
        if rows:
            told.append({"title": title, "rows": rows})
    return told


def papers(dossier: Dossier, given: Papers, data: Any = None) -> list[Context]:
    """The list of papers with the files behind each, and a line of the form for those that are checked."""
    parts = {part.key: part for part in versions.components(dossier.version)}
    files = given.files()
    told = []
    for row in given.components:
        part = parts.get(row.key)
        declaration = bool(part and part.is_declaration)
        told.append(
            {
                "row": row,
                "part": part,
                "files": files.get(row.pk, []),
                "is_declaration": declaration,
                "form": None if declaration else PaperForm(data, row),
            }
        )
    return told


def printed(rows: Sequence[PrintedForm]) -> list[Context]:
    states = [FORM_STATES[FormState(row.state)] for row in rows]
    return [
        {"row": row, "name": FORMS[Form(row.form)], "state": words, "colour": colour}
        for row, (words, colour) in zip(rows, states, strict=True)
    ]


def events(dossier: Dossier, user: User, rows: Sequence[Event]) -> list[Context]:
    citizens = {str(dossier.owner_id): dossier.owner_name, str(dossier.filer_id): dossier.filer_name}
    names = citizens | names_of_actors(rows)
    own = user.event_actor
    return [
        {
            "title": event_in_words(event.name),
            "at": event.at,
            "by": names.get(event.actor.removeprefix("user:")) or actor_in_words(event.actor, own=own),
        }
        for event in rows
    ]
