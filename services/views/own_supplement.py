"""Supplementing: only what is missing, each thing saved by itself, sent when all are there. NĐ 118/2025 Đ.16.3, 19.5"""

import uuid
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from documents.errors import DocumentsError, UploadGoneError
from documents.models import StoredFile
from documents.operations.files import store_upload
from documents.operations.partial import whole_upload
from documents.uploads.kinds import UploadKind
from portal.accounts.models import User
from portal.accounts.once import FIELD, issue, sent_once
from portal.ui.wording import moment
from services.declarations import Definition, World, read
from services.declarations.definition import Kind
from services.errors import ServicesError
from services.forms.supplementing import AnswerItemForm, PaperItemForm, ReplyItemForm
from services.models import Answers, Attachment, Component, Dossier, Supplement, SupplementItem
from services.operations import citizen, supplements
from services.pointers import spot_of
from services.queries import own
from services.rules import rules_on
from services.states import RequestState, Stage, State
from services.views.desk_words import world_of
from services.views.own_access import citizen_of, own_dossier, too_late

AGAIN = "thay"  # ?thay=<item>: an answered item is answered anew


class Sheet:
    """The open request of one dossier with a form for each thing."""

    def __init__(self, user: User, dossier: Dossier, request: Supplement) -> None:
        self.user, self.dossier, self.request = user, dossier, request
        self.items = list(request.items.order_by("id"))
        self.now = timezone.now()
        self.names = dict(Component.objects.filter(dossier=dossier).values_list("key", "name"))
        self.world: World | None = None
        self.definition: Definition | None = None
        if dossier.version.form.definition and any(item.pointer for item in self.items):
            self.world, self.definition = world_of(dossier), read(dossier.version.form.definition)
        self.answers: Answers = dossier.answers if self.definition else {}

    def form(self, item: SupplementItem, data: Any = None, files: Any = None) -> forms.Form:
        prefix = f"muc-{item.pk}"
        if item.component:
            most = rules_on(timezone.localdate(self.now)).files_per_dossier
            return PaperItemForm(data, files, prefix=prefix, label=self.name(item), most=most)
        if self.definition and self.world:
            spot = spot_of(self.definition, self.answers, self.world, item.pointer)
            if spot is not None and spot.question.kind is not Kind.FILES:
                told: dict[str, Any] = {"definition": self.definition, "answers": self.answers, "world": self.world}
                return AnswerItemForm(data, prefix=prefix, spot=spot, **told)
        return ReplyItemForm(data, prefix=prefix)

    def name(self, item: SupplementItem) -> str:
        if item.component:
            return self.names.get(item.component, item.component)
        if self.definition and self.world:
            spot = spot_of(self.definition, self.answers, self.world, item.pointer)
            return spot.name if spot else ""
        return ""

    def lines(self, bound: tuple[int, forms.Form] | None, again: str) -> list[dict[str, Any]]:
        kept = self._kept()
        return [
            {
                "item": item,
                "name": self.name(item),
                "wanted": wanted(item),
                "files": kept.get(item.component, []) if item.answered_at else [],
                "form": bound[1] if bound and bound[0] == item.pk else self.form(item),
                "is_open": item.answered_at is None or again == str(item.pk) or bool(bound and bound[0] == item.pk),
                "url": reverse("services:own-supplement-item", args=[self.dossier.pk, item.pk]),
                "again_url": f"?{AGAIN}={item.pk}#muc-{item.pk}",
            }
            for item in self.items
        ]

    def _kept(self) -> dict[str, list[str]]:
        keys = [item.component for item in self.items if item.component]
        rows = Attachment.objects.filter(component__dossier=self.dossier, component__key__in=keys, replaced_at=None)
        found: dict[str, list[str]] = {}
        for key, name in rows.order_by("id").values_list("component__key", "file__name"):
            found.setdefault(key, []).append(name)
        return found


def wanted(item: SupplementItem) -> str:
    """How many of which kind the desk wants."""
    counted = (
        (_("%(count)d original"), item.originals),
        (_("%(count)d certified copy"), item.certified),
        (_("%(count)d plain copy"), item.copies),
    )
    return ", ".join(text % {"count": count} for text, count in counted if count)


def _open_sheet(request: HttpRequest, pk: uuid.UUID) -> Sheet | HttpResponse:
    """The sheet, or the page that says why there is none now."""
    user = citizen_of(request)
    dossier = own_dossier(user, pk)
    found = own.open_request(dossier) if State(dossier.state) is State.SUPPLEMENT else None
    if found is not None:
        return Sheet(user, dossier, found)
    last = own.last_request(dossier)
    if last is None:
        title, detail = _("Nothing is asked for"), _("This dossier needs no supplement.")
    elif last.state == RequestState.EXPIRED or Stage(dossier.stage) is Stage.NOT_COMPLETED:
        title = _("The time to supplement is over")
        detail = _("It could be supplemented until %(moment)s; then the dossier was closed. Nothing was sent now.") % {
            "moment": moment(last.deadline_at)
        }
    elif last.state == RequestState.COMPLETE:
        title = _("The supplement was sent already")
        detail = _("It was sent at %(moment)s. Nothing more is asked for.") % {"moment": moment(last.ended_at)}
    else:
        title, detail = _("Nothing is asked for any more"), _("The dossier has ended. Nothing was sent now.")
    return too_late(request, dossier, title, detail)


@never_cache
@require_http_methods(["GET", "POST"])
def supplement(request: HttpRequest, pk: uuid.UUID) -> HttpResponseBase:
    """GET shows what is asked for; POST sends all of it."""
    sheet = _open_sheet(request, pk)
    if isinstance(sheet, HttpResponse):
        return sheet
    return _send(request, sheet=sheet) if request.method == "POST" else _show(request, sheet)


@sent_once
def _send(request: HttpRequest, *, sheet: Sheet) -> HttpResponse:
    try:
        supplements.complete_supplement(dossier=sheet.dossier, actor=sheet.user, now=timezone.now())
    except ServicesError as refusal:
        return _show(request, sheet, problem=str(refusal))
    messages.success(request, _("Your supplement was sent. The commune goes on with the dossier."))
    return redirect("services:own-dossier", sheet.dossier.pk)


@never_cache
@require_POST
def item(request: HttpRequest, pk: uuid.UUID, item_id: int) -> HttpResponse:
    """One thing, kept at once; nothing is sent yet."""
    sheet = _open_sheet(request, pk)
    if isinstance(sheet, HttpResponse):
        return sheet
    found = next((one for one in sheet.items if one.pk == item_id), None)
    if found is None:
        raise Http404
    form = sheet.form(found, request.POST, request.FILES)
    if not form.is_valid() or not _keep(sheet, found, form):
        return _show(request, sheet, bound=(found.pk, form))
    messages.success(request, _("Kept. Nothing is sent before everything is there."))
    return redirect("services:own-supplement", sheet.dossier.pk)


def _keep(sheet: Sheet, found: SupplementItem, form: forms.Form) -> bool:
    """False when it was refused; the form then says why, and nothing of this thing was kept."""
    given: dict[str, Any] = {"item": found, "actor": sheet.user, "now": sheet.now}
    try:
        with transaction.atomic():
            if isinstance(form, PaperItemForm):
                chosen = form.cleaned_data["files"]
                files = [_store(one, sheet) for one in chosen["new"]]
                files += [_arrived(one, sheet) for one in chosen["sent"]]
                supplements.answer_item(files=files, **given)
            elif isinstance(form, AnswerItemForm):
                supplements.answer_item(answer=form.answer, **given)
            else:
                text = form.cleaned_data["text"]
                citizen.send_message(dossier=sheet.dossier, text=text, actor=sheet.user, now=sheet.now)
                supplements.answer_item(**given)
    except (ServicesError, DocumentsError) as refusal:
        form.add_error(next(iter(form.fields)), str(refusal))
        return False
    return True


def _arrived(upload_id: str, sheet: Sheet) -> StoredFile:
    """A file that came in parts before the form did; it is used up by it."""
    try:
        known = uuid.UUID(upload_id)
    except ValueError:
        raise UploadGoneError from None
    with whole_upload(upload_id=known, actor=sheet.user, now=sheet.now) as upload:
        return _store(upload, sheet)


def _store(upload: Any, sheet: Sheet) -> StoredFile:
    return store_upload(
        upload=upload,
        kind=UploadKind.ATTACHMENT,
        unit_id=None,
        owner=sheet.user.pk,
        actor=sheet.user,
        now=sheet.now,
    )


def _show(
    request: HttpRequest, sheet: Sheet, *, bound: tuple[int, forms.Form] | None = None, problem: str = ""
) -> HttpResponse:
    lines = sheet.lines(bound, request.GET.get(AGAIN, "")[:20])
    context = {
        "dossier": sheet.dossier,
        "procedure": sheet.dossier.version.name_vi,
        "request_of": sheet.request,
        "lines": lines,
        "done": sum(line["item"].answered_at is not None for line in lines),
        "is_late": sheet.request.deadline_at < sheet.now,
        "is_complete": all(line["item"].answered_at for line in lines),
        "problem": problem,
        "form": bound[1] if bound else None,
        "token": issue(request),
        "field": FIELD,
    }
    status = HTTPStatus.BAD_REQUEST if bound or problem else HTTPStatus.OK
    return render(request, "services/own/supplement.html", context, status=status)
