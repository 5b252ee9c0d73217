"""A dossier in the words of its citizen: where it stands, who holds it, what comes next, what happened."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.codes import shown
from documents.models import IssuedResult
from documents.queries.results import sealed_files
from portal.accounts.models import User
from portal.calendar import remaining
from portal.calendar.remaining import Remaining
from portal.events.wording import actor_in_words, event_in_words
from portal.ui.wording import Deadline, deadline, moment
from services import wording_postal
from services.events import Fact
from services.kinds import Channel
from services.models import ClockEntry, Dossier, Moment, WorkItem
from services.operations.citizen import LATEST_CHANGE
from services.policies import may
from services.queries import own
from services.queries.clock import explained
from services.queries.confirmations import is_objected, may_be_corrected
from services.queries.consultations import openly_asked
from services.queries.corrections import is_correctable, is_pending
from services.queries.parts import OwnParts, own_parts, postal_of
from services.queries.postal import may_be_sent
from services.states import TRANSITIONS, UNDER_CORRECTION, Action, Stage, State
from services.views import desk_words, joined_words
from services.views.consultation_words import lines
from services.views.mandates import in_words
from services.wording import CHANNELS
from services.wording_citizen import standing
from units.models import UnitVersion
from units.queries.nearest import nearest_versions

Context = dict[str, Any]
# What a citizen reads of the trail: what moved the dossier, not each hand inside the office.
TOLD = frozenset(
    {
        Fact.SUBMITTED, Fact.ACCEPTED, Fact.SUPPLEMENT_ASKED, Fact.SUPPLEMENT_ANSWERED, Fact.SUPPLEMENTED, Fact.REFUSED,
        Fact.REROUTED, Fact.STARTED, Fact.DECIDED, Fact.RETURNED, Fact.WITHDRAWN, Fact.STOPPED, Fact.EXPIRED,
        Fact.CONTENT_CHANGED, Fact.STAGE_CHANGED, Fact.DUE_MOVED, Fact.ANSWER_DUE_MOVED, Fact.EXTENDED,
        Fact.HANDED_OVER, Fact.MESSAGE_SENT,
        Fact.RATED,
        Fact.DRAFT_SENT, Fact.DRAFT_CONFIRMED, Fact.DRAFT_LEFT_UNANSWERED, Fact.DRAFT_OBJECTED_TO,
        Fact.DRAFT_TAKEN_BACK, Fact.PROPOSED, Fact.RESULT_REVOKED, Fact.FORM_PRINTED, Fact.STEP_DONE,
        Fact.FEE_PAID, Fact.PAYMENT_ASKED, Fact.PAYMENT_DONE,
        Fact.CORRECTION_ASKED, Fact.CORRECTION_BEGUN, Fact.CORRECTION_DECLINED, Fact.CORRECTED,
        Fact.POST_ASKED, Fact.RESULT_POSTED, Fact.RESULT_CAME_BACK,
    }
)  # fmt: skip  # as a paragraph


def line(dossier: Dossier, user: User) -> Context:
    """One entry of the list."""
    told = standing(dossier)
    return {
        "url": reverse("services:own-dossier", args=[dossier.pk]),
        "procedure": dossier.version.name_vi,
        "name": str(dossier),
        "phase": told.phase,
        "colour": told.colour,
        "next_step": told.next_step,
        "filed_at": dossier.submitted_at,
        "about": about(dossier, user),
    }


def about(dossier: Dossier, user: User) -> str:
    """Whose affair it is, where that is not only the reader's own."""
    if dossier.owner_id == user.pk and dossier.filer_id in {user.pk, None}:
        return ""
    if dossier.owner_id == user.pk:
        return _("Filed for you by %(name)s") % {"name": dossier.filer_name}
    return _("The affair of %(name)s, filed by you") % {"name": dossier.owner_name}


def whole(dossier: Dossier, user: User, now: datetime) -> Context:
    parts = own_parts(dossier, told=TOLD)
    request = parts.open_request() if State(dossier.state) is State.SUPPLEMENT else None
    units = nearest_versions({*dossier.unit_ids(), *(one.unit_id for one in parts.events if one.unit_id)}, now.date())
    told = standing(dossier)
    result = own.result_of(dossier) if dossier.decided_at else None
    by = own.next_moment(dossier, request)
    return {
        "dossier": dossier,
        "procedure": dossier.version.name_vi,
        "standing": told,
        "about": about(dossier, user),
        "facts": facts(dossier, units, by, next(iter(parts.steps), None)),
        "needed": needed(dossier, parts, result),
        "actions": actions(dossier, user, parts),
        "may_message": dossier.is_open,
        "said": parts.messages,
        "printed": desk_words.printed(parts.forms),
        "extension": own.approved_extension(dossier) if parts.extensions and dossier.is_open else None,
        "corrections": parts.corrections,
        "result": result_rows(result) if result else [],
        "events": events_in_words(parts.events, units, user),
        "asked_organs": lines(openly_asked(dossier), now),
        "postal": wording_postal.lines(postal_of(parts)),
        "joined_parts": joined_words.parts(dossier, _address) if parts.links else [],
        "joined_whole": joined_words.whole(dossier, _address) if parts.links else None,
        **clock(dossier, now, parts.entries),
    }


def _address(dossier: Dossier) -> str:
    return reverse("services:own-dossier", args=[dossier.pk])


def may_withdraw(user: User, dossier: Dossier) -> bool:
    return State(dossier.state) in TRANSITIONS[Action.WITHDRAW].sources and may(Action.WITHDRAW, user, dossier)


def facts(
    dossier: Dossier, units: dict[int, UnitVersion], by: datetime | None, open_step: WorkItem | None
) -> list[Context]:
    def unit(unit_id: int) -> str:
        return units[unit_id].full_name if unit_id in units else ""

    told = standing(dossier)
    step = open_step if dossier.is_open and dossier.accepted_at and not dossier.decided_at else None
    rows: list[Context] = [{"key": _("Where it stands"), "value": told.phase}]
    if dossier.is_open:
        holder = {"key": _("Who holds it now"), "value": unit(dossier.responsible_unit_id), "lang": "vi"}
        rows.append({**holder, "source": _("Step: %(name)s") % {"name": step.name}} if step else holder)
    rows.append({"key": _("What happens next"), "value": told.next_step})
    if by is not None:
        rows.append({"key": _("At the latest"), "value": moment(by)})
    if dossier.reason:
        rows.append(desk_words.reason_row(dossier))
    rows += [
        {"key": _("Dossier code"), "value": dossier.code} if dossier.code else {},
        {"key": _("Reference"), "value": dossier.reference},
        {"key": _("Filed"), "value": moment(dossier.submitted_at), "source": str(CHANNELS[dossier.channel])},
        {"key": _("Who decides"), "value": unit(dossier.competent_unit_id), "lang": "vi"},
        {
            "key": _("Result is handed out at"),
            "value": unit(dossier.returning_unit_id),
            "lang": "vi",
            "source": str(CHANNELS[dossier.return_channel]),
        },
    ]
    mandate = getattr(dossier, "mandate", None)
    return [*(row for row in rows if row), *(in_words(mandate) if mandate else ())]


def needed(dossier: Dossier, parts: OwnParts, result: IssuedResult | None) -> Context | None:
    """What waits for the citizen, with the page on which it is done."""
    request = parts.open_request() if State(dossier.state) is State.SUPPLEMENT else None
    if request is not None:
        waiting = sum(item.answered_at is None for item in parts.items)
        told = ngettext(
            "%(count)d thing is asked for until %(moment)s.",
            "%(count)d things are asked for until %(moment)s.",
            waiting,
        ) % {"count": waiting, "moment": moment(request.deadline_at)}
        if not waiting:
            told = _("Everything that was asked for is there. Send it until %(moment)s.") % {
                "moment": moment(request.deadline_at)
            }
        url = reverse("services:own-supplement", args=[dossier.pk])
        return {"text": told, "url": url, "action": _("Supplement the dossier")}
    if asked := parts.open_draft():
        told = _("The draft of the result waits for you. Please read it and answer until %(moment)s.")
        url = reverse("services:own-confirmation", args=[dossier.pk])
        return {"text": told % {"moment": moment(asked.deadline_at)}, "url": url, "action": _("Read the draft")}
    if State(dossier.state) is State.PAYMENT:
        url = reverse("services:own-fee", args=[dossier.pk])
        return {"text": standing(dossier).next_step, "url": url, "action": _("Pay the fee")}
    if State(dossier.state) is State.DECIDED and Stage(dossier.stage) not in {Stage.IN_POST, *UNDER_CORRECTION}:
        online = result is not None and dossier.return_channel == Channel.ONLINE
        action = {"url": reverse("documents:own-results"), "action": _("My papers")} if online else {}
        return {"text": standing(dossier).next_step, **action}
    return None


def actions(dossier: Dossier, user: User, parts: OwnParts) -> list[Context]:
    """Links of what can be done or looked at."""

    def link(name: str, text: str) -> Context:
        return {"url": reverse(f"services:{name}", args=[dossier.pk]), "text": text}

    found = [link("own-content", _("What was declared, and the papers"))]
    found.append({"url": reverse("services:receipt", args=[dossier.pk]), "text": _("Receipt with PIN")})
    if own.next_moment(dossier, None) is not None:
        found.append(link("own-calendar", _("Put the day into my calendar (.ics)")))
    found.append(link("own-fee", _("Fee, payment and receipt")))
    if may_be_sent(dossier, parts.postal):
        words = _("Change the address for the post") if dossier.stage == Stage.IN_POST else _("Have it sent by post")
        found.append(link("own-post", words))
    objected = may_be_corrected(dossier) and is_objected(parts.last_draft())
    if State(dossier.state) in LATEST_CHANGE or objected or dossier.stage == Stage.CORRECTING:
        found.append(link("own-changes", _("Correct what I declared")))
    if may_withdraw(user, dossier):
        found.append(link("own-withdrawal", _("Withdraw the dossier")))
    if is_correctable(dossier) and not any(map(is_pending, parts.corrections)):
        found.append(link("own-correction", _("Report a mistake in the result")))
    told = {
        Moment.RECEIPT: ("bien-nhan", _("Rate how you were received")),
        Moment.RESULT: ("ket-qua", _("Rate how it ended")),
    }
    for moment_to_rate in own.moments_to_rate(dossier, parts.ratings):
        when, text = told[moment_to_rate]
        found.append({"url": reverse("services:own-rating", args=[dossier.pk, when]), "text": text})
    petition = reverse("services:petition-new") + f"?ho_so={dossier}&don_vi={dossier.competent_unit_id}"
    found.append({"url": petition, "text": _("Send a petition about this dossier")})
    return found


def result_rows(result: IssuedResult) -> list[Context]:
    document, file_id = result.document, sealed_files([result.document_id]).get(result.document_id)
    rows: list[Context] = [
        {
            "key": _("Number and notation"),
            "value": result.number,
            "link": reverse("documents:verified", args=[shown(document.code)]),
            "source": _("The link leads to the page on which everybody can check it."),
        }
    ]
    if file_id:
        rows.append(
            {"key": _("Signed file"), "value": _("Download"), "link": reverse("documents:file", args=[file_id])}
        )
    return rows


def clock(dossier: Dossier, now: datetime, entries: Sequence[ClockEntry]) -> Context:
    """The due moment line by line, and what is left of the time."""
    found = explained(dossier, entries)
    if found is None:
        return {"lines": [], "deadline": None, "is_late": False}
    due, calendar = found
    left: Remaining | None = remaining(now=now, due=due, calendar=calendar) if dossier.is_open else None
    told: Deadline | None = deadline(left) if left and dossier.decided_at is None else None
    late = bool(dossier.is_open and dossier.due_at and dossier.paused_at is None and dossier.due_at < now)
    return {
        "lines": [one.text for one in due.lines],
        "warnings": [one.text for one in due.warnings],
        "deadline": told,
        "is_late": late and dossier.decided_at is None,
    }


def events_in_words(events: Iterable[Any], units: dict[int, UnitVersion], user: User) -> list[Context]:
    """Newest first."""
    own_text = user.event_actor
    return [
        {
            "title": event_in_words(event.name),
            "at": event.at,
            "by": _by(event, units, own_text),
        }
        for event in events
    ]


def _by(event: Any, units: dict[int, UnitVersion], own_text: str) -> str:
    who = actor_in_words(event.actor, own=own_text)
    if event.actor == own_text or event.unit_id not in units:
        return who
    return f"{who}, {units[event.unit_id].full_name}"
