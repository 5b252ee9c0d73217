"""The deeds on a petition, each with its small page. After each the petition that is due next opens."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.accounts.models import User
from portal.accounts.once import sent_once
from portal.ui.errors import Step, problem_page
from services.declarations import World
from services.errors import NotAllowedError, ServicesError
from services.forms.petitions import (
    ClassifyForm,
    ForwardForm,
    GiveForm,
    MergeForm,
    PetitionDeed,
    PublishForm,
    SayForm,
)
from services.models import EntryType, Petition
from services.operations import petition_publishing as publishing
from services.operations import petition_work as work
from services.petition_errors import PersonalDataError, PetitionHeldError, PetitionMovedError
from services.petition_policies import holds, may_handle, may_lead, officers_for, petition_abilities
from services.petition_states import PETITION_TRANSITIONS, PetitionAction, PetitionState
from services.public_words import check_public_words
from services.queries.look_up import normal
from services.queries.petitions import inbox_after, visible_petitions
from services.queries.places import UnitsOn
from services.views.desk_access import status_of
from services.views.petition_access import visible_petition
from staff.policies import today
from units.queries.tree import version_at

Words = str | Promise
Given = dict[str, Any]
WHY = gettext_lazy("Write the reason.")


@dataclass(frozen=True, slots=True)
class PetitionDeedPage:
    """`ability` as in `petition_abilities`. `act` takes what was said, and petition, actor, now, revision."""

    title: Words
    done: Words
    ability: str
    form: Callable[[Petition, User, Any], PetitionDeed]
    act: Callable[[Given, Given], object]
    intro: Words = ""


def _say(label: Words, missing: Words, help_text: Words = "") -> Callable[[Petition, User, Any], PetitionDeed]:
    return lambda petition, user, data: SayForm(
        data, revision=petition.revision, label=label, missing=missing, help_text=help_text
    )


def _text(deed: Callable[..., object]) -> Callable[[Given, Given], object]:
    return lambda said, given: deed(text=said["text"], **given)


def _people(petition: Petition, *besides: object) -> list[tuple[str, str]]:
    kept_out = frozenset([*petition.barred, *besides])
    found = officers_for(petition.responsible_unit_id, today(), besides=kept_out)
    return [(str(user.pk), name) for user, name in found]


def _assign_form(petition: Petition, user: User, data: Any) -> PetitionDeed:
    people = _people(petition, petition.handler_id)
    return GiveForm(data, revision=petition.revision, people=people, label=gettext_lazy("To whom"), why=False)


def _bar_form(petition: Petition, user: User, data: Any) -> PetitionDeed:
    people = _people(petition, user.pk)
    label = gettext_lazy("Whom does it complain about?")
    return GiveForm(data, revision=petition.revision, people=people, label=label, why=True)


def _chosen(said: Given) -> User:
    found: User = User.objects.get(pk=said["chosen"])
    return found


def _forward_form(petition: Petition, user: User, data: Any) -> PetitionDeed:
    on = today()
    here = version_at(petition.responsible_unit_id, on)
    parent = version_at(here.parent_id, on) if here and here.parent_id else None
    above = (parent.unit_id, parent.full_name) if parent and parent.parent_id else None
    return ForwardForm(World(on, UnitsOn(on)), data, revision=petition.revision, above=above)


def _other(reference: str, actor: User) -> Petition | None:
    """One that this officer may see."""
    return visible_petitions(actor, today()).filter(reference=normal(reference)).first()


def _merge(said: Given, given: Given) -> object:
    into = _other(said["reference"], given["actor"])
    return work.merge_petition(into=into or given["petition"], **given)  # merged into itself: refused with the reason


def _classify_form(petition: Petition, user: User, data: Any) -> PetitionDeed:
    repeats = petition.repeat_of.reference if petition.repeat_of else ""
    return ClassifyForm(data, revision=petition.revision, kind=petition.kind, repeats=repeats)


def _classify(said: Given, given: Given) -> object:
    repeats = None
    if said["reference"]:
        repeats = _other(said["reference"], given["actor"]) or given["petition"]
    return work.classify_petition(kind=said["kind"], repeats=repeats, **given)


def _note(said: Given, given: Given) -> object:
    return work.note_petition(text=said["text"], petition=given["petition"], actor=given["actor"], now=given["now"])


def _publish_form(petition: Petition, user: User, data: Any) -> PetitionDeed:
    answer = petition.entries.filter(type=EntryType.ANSWER).order_by("-id").first()
    return PublishForm(data, revision=petition.revision, question=petition.text, answer=answer.text if answer else "")


DEEDS: dict[str, PetitionDeedPage] = {
    "answer": PetitionDeedPage(
        gettext_lazy("Answer"),
        gettext_lazy("The answer was sent. It waits for a head to publish it or to close it."),
        "answer",
        _say(
            gettext_lazy("Answer"), gettext_lazy("Write the answer."), gettext_lazy("Whoever sent it reads just this.")
        ),
        _text(work.answer_petition),
    ),
    "ask": PetitionDeedPage(
        gettext_lazy("Ask for a supplement"),
        gettext_lazy("The request was sent. The petition goes on as soon as it is answered."),
        "ask",
        _say(gettext_lazy("What must be added"), gettext_lazy("Write what must be added.")),
        _text(work.ask_filer),
        gettext_lazy("Ask for everything at once. Don't ask for what the organ knows already."),
    ),
    "forward": PetitionDeedPage(
        gettext_lazy("Forward to the competent unit"),
        gettext_lazy("The petition was forwarded. The other unit answers for it from now on."),
        "forward",
        _forward_form,
        lambda said, given: work.forward_petition(to_unit=said["to_unit"], text=said["text"], **given),
    ),
    "refuse": PetitionDeedPage(
        gettext_lazy("Refuse"),
        gettext_lazy("The petition was refused with your reason."),
        "refuse",
        _say(gettext_lazy("Reason"), WHY, gettext_lazy("Whoever sent it reads just this.")),
        _text(work.refuse_petition),
        gettext_lazy(
            "A petition is refused when it is no matter of petitions, such as a complaint by law or a lawsuit."
        ),
    ),
    "merge": PetitionDeedPage(
        gettext_lazy("Join to another petition"),
        gettext_lazy("The petitions were joined. Both hear the same answer."),
        "merge",
        lambda petition, user, data: MergeForm(data, revision=petition.revision),
        _merge,
        gettext_lazy("For a matter that somebody has told before. The other one goes on; both read its answer."),
    ),
    "publish": PetitionDeedPage(
        gettext_lazy("Publish"),
        gettext_lazy("The answer was published."),
        "publish",
        _publish_form,
        lambda said, given: None,
    ),
    "close": PetitionDeedPage(
        gettext_lazy("Close without publishing"),
        gettext_lazy("The petition was closed. The answer stays with whoever sent it."),
        "close",
        _say(gettext_lazy("Why it is not published"), WHY),
        _text(publishing.close_petition),
        gettext_lazy("For personal matters, from which somebody could be recognised."),
    ),
    "retract": PetitionDeedPage(
        gettext_lazy("Take it off the public list"),
        gettext_lazy("It was taken off. Nobody but those concerned reads it now."),
        "retract",
        _say(gettext_lazy("Reason"), WHY),
        _text(publishing.retract_petition),
    ),
    "assign": PetitionDeedPage(
        gettext_lazy("Give it to a colleague"),
        gettext_lazy("The petition was handed over."),
        "assign",
        _assign_form,
        lambda said, given: work.assign_petition(officer=_chosen(said), **given),
    ),
    "classify": PetitionDeedPage(
        gettext_lazy("Type and repetition"), gettext_lazy("Saved."), "link", _classify_form, _classify
    ),
    "bar": PetitionDeedPage(
        gettext_lazy("Keep an officer out"),
        gettext_lazy("That officer neither handles nor sees it any more."),
        "bar",
        _bar_form,
        lambda said, given: work.bar_officer(officer=_chosen(said), text=said["text"], **given),
    ),
    "note": PetitionDeedPage(
        gettext_lazy("Write a note"),
        gettext_lazy("The note was written."),
        "note",
        _say(gettext_lazy("Note for colleagues"), gettext_lazy("Write the note."), gettext_lazy("No citizen sees it.")),
        _note,
    ),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def deed(request: HttpRequest, pk: uuid.UUID, name: str) -> HttpResponse:
    """What was typed stays on the page when the deed is refused."""
    user, found = visible_petition(request, pk)
    page = DEEDS[name]
    if not petition_abilities(user, found)[page.ability]:
        return _not_now(request, user, found, page)
    data = request.POST if request.method == "POST" else None
    form, status = page.form(found, user, data), 200
    if data is not None and form.is_valid():
        if name == "publish":
            return _publish(request, user, found, form)
        refusal = _try(page, found, form, user, timezone.now())
        if refusal is None:
            messages.success(request, str(page.done))
            return onward(user, found)
        status = _refused(form, refusal, found)
    return _show(request, found, page, form, status)


def _show(
    request: HttpRequest, found: Petition, page: PetitionDeedPage, form: PetitionDeed, status: int
) -> HttpResponse:
    context = {"petition": found, "deed": page, "form": form, "two_steps": page.ability == "publish"}
    refused = 400 if form.errors else 200
    return render(request, "services/petitions/deed.html", context, status=max(status, refused))


def _try(
    page: PetitionDeedPage, found: Petition, form: PetitionDeed, user: User, now: datetime
) -> ServicesError | None:
    said = form.cleaned_data
    given = {"petition": found, "actor": user, "now": now, "revision": said["revision"]}
    try:
        with transaction.atomic():
            page.act(said, given)
    except ServicesError as refusal:
        return refusal
    return None


def _refused(form: PetitionDeed, refusal: ServicesError, found: Petition) -> int:
    """Say why at the form, and let it be sent again for the newer petition once the officer has looked at it."""
    field = refusal.field if isinstance(refusal, PersonalDataError) and refusal.field in form.fields else None
    form.add_error(field, str(refusal))
    if refusal.code == "stale":
        found.refresh_from_db(fields=["revision"])
        form.data = {**form.data, "revision": str(found.revision)}
    return HTTPStatus.FORBIDDEN if isinstance(refusal, NotAllowedError) else status_of(refusal)


def _publish(request: HttpRequest, user: User, found: Petition, form: PetitionDeed) -> HttpResponse:
    """First the words as they will be public, then, with the confirmation, the deed."""
    said, page = form.cleaned_data, DEEDS["publish"]
    words = {key: said[key] for key in ("title", "question", "answer")}
    if request.POST.get("step") == "edit":
        return _show(request, found, page, form, HTTPStatus.OK)
    is_last = request.POST.get("step") == "publish"
    problem = ""
    try:
        with transaction.atomic():
            check_public_words(found, **words)
            if is_last:
                publishing.publish_petition(
                    petition=found,
                    confirmed=request.POST.get("clean") == "on",
                    actor=user,
                    now=timezone.now(),
                    revision=said["revision"],
                    **words,
                )
                messages.success(request, str(page.done))
                return onward(user, found)
    except ServicesError as refusal:
        if not is_last or refusal.code != "not_confirmed_clean":
            return _show(request, found, page, form, _refused(form, refusal, found))
        problem = str(refusal)
    context = {"petition": found, "words": words, "revision": said["revision"], "problem": problem}
    return render(request, "services/petitions/preview.html", context, status=400 if problem else 200)


def _not_now(request: HttpRequest, user: User, found: Petition, page: PetitionDeedPage) -> HttpResponse:
    """Whose step it is not reads that (403); when it is not the time for it, that (409)."""
    known = {action.value: action for action in PetitionAction}
    action = known.get(page.ability)
    leads = page.ability in {"publish", "close", "retract", "bar"}
    allowed = may_lead(user, found) if leads else may_handle(user, found)
    ripe = action is None or PetitionState(found.state) in PETITION_TRANSITIONS[action].sources
    if not allowed:
        raise PermissionDenied(_("Your post does not allow this here. Nothing was saved."))
    if ripe and not holds(user, found):
        return refused_page(request, found, PetitionHeldError())
    return refused_page(request, found, PetitionMovedError())


def refused_page(request: HttpRequest, found: Petition, refusal: ServicesError) -> HttpResponse:
    status = HTTPStatus.FORBIDDEN if isinstance(refusal, NotAllowedError) else HTTPStatus.CONFLICT
    steps = [
        Step(_("Look at where the petition stands now"), reverse("services:petition", args=[found.pk])),
        Step(_("Go on with the petitions"), reverse("services:petition-inbox")),
    ]
    return problem_page(request, status, _("This step is not possible now"), str(refusal), steps)


def onward(user: User, done: Petition) -> HttpResponse:
    """The same one while it is still this officer's to work on, else the one that is due next."""
    fresh = visible_petitions(user, localdate()).filter(pk=done.pk).first()
    if fresh and fresh.state == PetitionState.PROCESSING and fresh.handler_id == user.pk:
        return redirect("services:petition", fresh.pk)
    following = inbox_after(user, done, localdate())
    return redirect("services:petition", following.pk) if following else redirect("services:petition-inbox")
