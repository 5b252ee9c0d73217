"""A form that an officer fills in for the person at the desk: the same pages as the citizen's, over the same draft."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext

from portal.accounts import once
from portal.accounts.models import User
from portal.ui.errors import Step, problem_page
from services import filing, versions
from services.declarations import Definition, check_whole
from services.declarations.definition import Page
from services.errors import NoMandateError, ServicesError, StaleError, VersionEndedError
from services.filers import visitor_of
from services.forms.page import without_sent
from services.forms.visits import ConfirmForm, PapersForm
from services.known import proofs
from services.models import Dossier, Draft
from services.operations.visits import file_at_desk, keep_desk_papers
from services.packing import pack
from services.policies import Capability, may_at
from services.versions import Part
from services.views import begin, declaring, declaring_words, sending
from services.views.autosaving import SavingView, Telling
from services.views.draft_fees import fee_row
from services.views.filing import Drafting, DraftSheet
from services.views.mandates import MandateView, lacks_mandate, mandate_rows


class DeskSheet(DraftSheet):
    """Papers have a page of their own: many are only shown, and none may be asked for because a form lists it."""

    urls = "services:assist"
    at_desk = True

    def form_of(self, definition: Definition) -> Definition:
        pages = (_without_files(page) for page in definition.pages)
        return replace(definition, pages=tuple(page for page in pages if page.questions))

    @property
    def note(self) -> str:
        told = gettext("You file for %(name)s, who stays the filer.") % {"name": self.citizen.name}
        return " ".join(filter(None, [told, super().note]))

    def asked_papers(self) -> list[Part]:
        """Those that neither a register nor the form itself answers."""
        version = self.draft.version
        known = proofs(self.evidence, version=version, about=self.about, now=self.now)
        return [part for part in versions.components(version) if part.key not in known and not part.is_declaration]

    def lacks_papers(self) -> bool:
        """Whether nobody has said yet how a required paper is proven."""
        said = self.draft.desk_papers
        return any(part.required and part.key not in said for part in self.asked_papers())


def _without_files(page: Page) -> Page:
    return replace(page, questions=tuple(one for one in page.questions if not one.component))


class Assisting(Drafting):
    """Only the officer who began it opens it, while their post lets them file at that desk."""

    sheet: Any

    def sheet_for(self, request: HttpRequest) -> DraftSheet:
        user = request.user
        drafts = Draft.objects.select_related("version__procedure", "version__form", "visit__citizen", "writer")
        draft = drafts.filter(pk=self.kwargs["draft"], visit__isnull=False).first()
        if draft is None or not isinstance(user, User) or draft.writer_id != user.pk or draft.visit is None:
            raise Http404
        if not may_at(user, Capability.FILE_FOR_CITIZEN, draft.desk_unit_id or 0):
            raise Http404
        return DeskSheet(draft, visitor_of(draft.visit), user)

    def filed(self, draft: Draft) -> HttpResponse:
        return redirect("services:desk-dossier", draft.dossier_id)

    def refused(self, request: HttpRequest, error: ServicesError, status: int) -> HttpResponse:
        again = Step(gettext("Begin anew for this person"), reverse("services:visit"))
        return problem_page(request, status, gettext("This draft cannot be gone on with"), str(error), [again])


class TaskListView(Assisting, declaring.TaskListView):
    def get(self, request: HttpRequest, **_arguments: Any) -> HttpResponse:
        return self.show(request, "services/desk/assist_tasks.html", **declaring_words.tasks(self.sheet))


class PageView(Assisting, declaring.PageView):
    pass


class SaveView(Telling, Assisting, SavingView):
    pass


class RowView(Assisting, declaring.RowView):
    pass


class RemoveRowView(Assisting, declaring.RemoveRowView):
    pass


class PlacesView(Assisting, sending.PlacesView):
    pass


class AssistMandateView(Assisting, MandateView):
    pass


class MoveView(Assisting, sending.MoveView):
    at_desk = True


class DiscardView(Assisting, begin.DiscardView):
    after = "services:visit"


class PapersView(Assisting):
    """All papers on one page: shown, digitised here, or not there."""

    def get(self, request: HttpRequest, draft: object) -> HttpResponse:
        return self.show_papers(request, self.form())

    def post(self, request: HttpRequest, draft: object) -> HttpResponse:
        form = self.form(request.POST, request.FILES)
        if form.is_valid():
            self.keep(form.papers(), form.cleaned_data["revision"])
            return redirect(self.sheet.url("review"))
        came = form.kept_files()
        if came and "revision" in form.cleaned_data:
            self.keep({**self.sheet.draft.desk_papers, **came}, form.cleaned_data["revision"])
            typed = without_sent(request.POST)
            typed["revision"] = str(self.sheet.draft.revision)
            form = self.form(typed, MultiValueDict())
            form.is_valid()
        return self.show_papers(request, form, status=400)

    def keep(self, papers: Mapping[str, Any], revision: int) -> None:
        sheet = self.sheet
        sheet.draft = keep_desk_papers(
            draft=sheet.draft, papers=papers, actor=sheet.user, now=timezone.now(), revision=revision
        )

    def form(self, data: Any = None, files: Any = None) -> PapersForm:
        sheet = self.sheet
        return PapersForm(
            data,
            files,
            parts=sheet.asked_papers(),
            draft=sheet.draft,
            world=sheet.world,
            names=sheet.file_name,
            keep=sheet.keep_file,
        )

    def show_papers(self, request: HttpRequest, form: PapersForm, status: int = 200) -> HttpResponse:
        context = {"sheet": self.sheet, "form": form, "tasks_url": self.sheet.url("tasks")}
        return render(request, "services/desk/assist_papers.html", context, status=status)


class ConfirmView(Assisting, declaring.ReviewView):
    """Turned to the citizen: what was typed, in large letters, to be read, printed and signed. POST files it."""

    def get(self, request: HttpRequest, **_arguments: Any) -> HttpResponse:
        return self.elsewhere() or self.show_summary(request, ConfirmForm(initial={"revision": self.revision}))

    def post(self, request: HttpRequest, **_arguments: Any) -> HttpResponseBase:
        return once.once(request, lambda: self.file(request))

    @property
    def revision(self) -> int:
        return int(self.sheet.draft.revision)

    def elsewhere(self) -> HttpResponse | None:
        """Where something has still to be said first."""
        sheet = self.sheet
        if check_whole(sheet.definition, sheet.answers, sheet.world):
            return None
        if sheet.lacks_papers():
            return redirect(sheet.url("papers"))
        if lacks_mandate(sheet):
            return redirect(sheet.url("mandate"))
        return None if sheet.draft.competent_unit_id else redirect(sheet.url("places"))

    def file(self, request: HttpRequest) -> HttpResponse:
        sheet, form = self.sheet, ConfirmForm(request.POST)
        incomplete = check_whole(sheet.definition, sheet.answers, sheet.world)
        if not form.is_valid() or incomplete:
            return self.show_summary(request, form, refused=True)
        if lead := self.elsewhere():
            return lead
        try:
            dossier = file_signed(sheet, form.cleaned_data["revision"])
        except (StaleError, VersionEndedError, NoMandateError):
            raise
        except ServicesError as error:
            form.add_error(None, str(error))
            return self.show_summary(request, form, refused=True)
        if may_at(sheet.user, Capability.RECEIVE, dossier.responsible_unit_id):
            return redirect("services:desk-acceptance", dossier.pk)
        return redirect("services:visit")

    def show_summary(self, request: HttpRequest, form: ConfirmForm, *, refused: bool = False) -> HttpResponse:
        sheet = self.sheet
        return self.show(
            request,
            "services/desk/assist_confirm.html",
            refused=refused,
            form=form,
            token=once.issue(request),
            field=once.FIELD,
            person=sheet.citizen,
            papers=papers_rows(sheet),
            places=[*mandate_rows(sheet), *sending.places_rows(sheet), fee_row(sheet)],
            **declaring_words.review_page(sheet),
        )


@transaction.atomic
def file_signed(sheet: DeskSheet, revision: int) -> Dossier:
    now = timezone.now()
    dossier = file_at_desk(
        filing=pack(sheet.packed(), citizen=sheet.citizen, now=now),
        draft=sheet.draft,
        signed=True,
        revision=revision,
        actor=sheet.user,
        now=now,
    )
    filing.give_along(sheet.packed(), dossier, actor=sheet.user, now=timezone.now())
    return dossier


def papers_rows(sheet: DeskSheet) -> list[dict[str, Any]]:
    """What the citizen handed over or showed, for their summary."""
    change = {"url": sheet.url("papers"), "action": gettext("Change")}
    told = {
        "shown": gettext("shown and handed back"),
        "attached": gettext("attached"),
        "missing": gettext("not there yet"),
    }
    said = sheet.draft.desk_papers
    return [
        {"key": part.name, "value": told[said[part.key]["proof"]], **change}
        for part in sheet.asked_papers()
        if part.key in said
    ]
