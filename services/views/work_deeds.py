"""The deeds on a step: what each asks, what it does, and what is said afterwards."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from documents.layouts import Printed, render
from portal.accounts.models import User
from services.forms.lateness import ExtendForm
from services.forms.work import ChoiceForm, FinishForm, NoteForm, ProposeForm, StopForm, SupplementForm, stop_arguments
from services.models import Component, Problem, Proof, WorkItem
from services.operations.citizen import stop, write_note
from services.operations.confirming import take_back_draft
from services.operations.extending import ask_extension
from services.operations.paying import ask_payment
from services.operations.processing import assign_step, finish_step, return_step
from services.operations.proposing import propose_result, rehearse
from services.operations.supplements import MOST_ITEMS, Missing, ask_supplement
from services.outcomes import rule_of
from services.queries.lateness import proposed_extension
from services.queries.signers import signer_of, signers_of
from services.queries.work import colleagues, earlier_steps
from services.views.desk_words import answers_to_ask

Data = Mapping[str, Any] | None
Act = Callable[[WorkItem, dict[str, Any], User, datetime], object]


@dataclass(frozen=True, slots=True)
class Deed:
    title: str | Promise
    done: str | Promise
    form: Callable[[WorkItem, User, Data, datetime], forms.Form]
    act: Act
    intro: str | Promise = ""


def _assign_form(item: WorkItem, user: User, data: Data, now: datetime) -> forms.Form:
    people = colleagues(item.unit_id, localdate(now), besides=item.officer)
    choices = [(str(officer.pk), name) for officer, name in people]
    return ChoiceForm(data, choices=choices, label=_("To whom"), missing=_("Choose a colleague."))


def _assign(item: WorkItem, said: dict[str, Any], user: User, now: datetime) -> object:
    officer = User.objects.get(pk=said["chosen"])
    return assign_step(item=item, officer=officer, reason=said["reason"], actor=user, now=now)


def _return_form(item: WorkItem, user: User, data: Data, now: datetime) -> forms.Form:
    choices = [(row.step, row.name) for row in earlier_steps(item)]
    return ChoiceForm(data, choices=choices, label=_("Back to which step"), missing=_("Choose a step."))


def _return(item: WorkItem, said: dict[str, Any], user: User, now: datetime) -> object:
    return return_step(item=item, to=said["chosen"], note=said["reason"], actor=user, now=now)


def _extend_form(item: WorkItem, user: User, data: Data, now: datetime) -> forms.Form:
    return ExtendForm(data, initial=proposed_extension(item, now))


def _supplement_form(item: WorkItem, user: User, data: Data, now: datetime) -> forms.Form:
    """What a register has answered is not offered: it may not be asked for again. NĐ 118/2025 Đ.5.1i"""
    rows = Component.objects.filter(dossier=item.dossier).exclude(proof=Proof.DATA).order_by("id")[:50]
    answers = answers_to_ask(item.dossier, most=MOST_ITEMS - len(rows))
    return SupplementForm(data, choices=[(row.key, row.name) for row in rows], answers=answers)


def _supplement(item: WorkItem, said: dict[str, Any], user: User, now: datetime) -> object:
    rows = Component.objects.filter(dossier=item.dossier, key__in=said["components"]).order_by("id")
    items = [Missing(Problem.MISSING, row.name, component=row.key) for row in rows]
    asked = dict(answers_to_ask(item.dossier, most=MOST_ITEMS))
    items += [Missing(Problem.WRONG, asked[one], pointer=one) for one in said.get("answers", ()) if one in asked]
    return ask_supplement(
        dossier=item.dossier, items=items, reason=said["reason"], ground=said["ground"], actor=user, now=now
    )


def _propose_form(item: WorkItem, user: User, data: Data, now: datetime) -> forms.Form:
    on = localdate(now)
    choices = [(str(one.assignment_id), f"{one.name} ({one.title})") for one in signers_of(item.unit_id, on)]
    is_free = rule_of(item.dossier, on).layout == "decision"
    first = choices[0][0] if len(choices) == 1 else None
    return ProposeForm(data, choices=choices, is_free=is_free, initial={"signer": first})


def _propose(item: WorkItem, said: dict[str, Any], user: User, now: datetime) -> object:
    signer = signer_of(item.unit_id, int(said["signer"]), localdate(now))
    return propose_result(item=item, signer=signer, text=said["text"], actor=user, now=now)


def rehearsed(item: WorkItem, said: dict[str, Any], user: User, now: datetime) -> Printed:
    """Raises what proposing raises, and LayoutDataError."""
    signer = signer_of(item.unit_id, int(said["signer"]), localdate(now))
    found = rehearse(item=item, signer=signer, text=said["text"], actor=user, now=now)
    return render(found.layout, found.data, on=found.on, draft=True)


DEEDS: dict[str, Deed] = {
    "assign": Deed(_("Hand over to a colleague"), _("The step was handed over."), _assign_form, _assign),
    "finish": Deed(
        _("Finish this step"),
        _("The step is done."),
        lambda item, user, data, now: FinishForm(data),
        lambda item, said, user, now: finish_step(item=item, note=said["text"], actor=user, now=now),
    ),
    "return": Deed(_("Return to an earlier step"), _("The step was returned."), _return_form, _return),
    "supplement": Deed(
        _("Ask for a supplement"),
        _("The request goes to the citizen through the desk. The clock stands still until it is answered."),
        _supplement_form,
        _supplement,
    ),
    "propose": Deed(
        _("Propose the result"),
        _("The result was proposed. The page shows what it waits for."),
        _propose_form,
        _propose,
        _("What the form and the registers say is taken over; you don't type it again."),
    ),
    "recall": Deed(
        _("Take the draft back"),
        _("The draft was taken back. Mend it and propose again."),
        lambda item, user, data, now: forms.Form(data),
        lambda item, said, user, now: take_back_draft(item=item, actor=user, now=now),
        _("The citizen is asked no more about this draft, and reads the mended one."),
    ),
    "payment": Deed(
        _("Wait for the payment"),
        _("The work waits until the fee is paid, and goes on by itself then."),
        lambda item, user, data, now: NoteForm(data),
        lambda item, said, user, now: ask_payment(item=item, reason=said["text"], actor=user, now=now),
        _("The citizen reads why. The fee is assessed on the page of the fee."),
    ),
    "stop": Deed(
        _("Stop the work"),
        _("The work on this dossier was stopped."),
        lambda item, user, data, now: StopForm(data),
        lambda item, said, user, now: stop(dossier=item.dossier, actor=user, now=now, **stop_arguments(said)),
    ),
    "extend": Deed(
        _("Propose a later date"),
        _("The head was asked for a later date. The promise stands until it is decided."),
        _extend_form,
        lambda item, said, user, now: ask_extension(item=item, actor=user, now=now, **said),
        intro=_(
            "Before the promised day, the organ may set one later date, with an apology in writing (Form 04). The head "
            "decides; afterwards the citizen is told. What stands here is a draft: correct it."
        ),
    ),
    "note": Deed(
        _("Write a note"),
        _("The note was written."),
        lambda item, user, data, now: NoteForm(data),
        lambda item, said, user, now: write_note(dossier=item.dossier, text=said["text"], actor=user, now=now),
    ),
}
