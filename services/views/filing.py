"""A form that a citizen fills in to file: the pages of the engine over a draft."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.core.files import File
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.views import View

from documents.errors import DocumentsError, UploadGoneError
from documents.models import StoredFile
from documents.operations.files import store_upload
from documents.operations.partial import whole_upload
from documents.uploads.kinds import UploadKind
from portal.accounts.models import Citizen, User
from portal.ui.errors import Step, problem_page
from services import filing, versions
from services.about import about
from services.declarations import Definition, Page, Question, read
from services.errors import ExpiredError, ServicesError, StaleError
from services.filers import Filer
from services.forms.answers import RefusedFile
from services.models import Draft
from services.operations.drafts import keep_typed, save_answers
from services.packing import Packed
from services.prefill import waiting
from services.rules import rules_on
from services.views import declaring
from services.views.autosaving import SavingView, Telling
from services.views.declaring import Sheet


class DraftSheet(Sheet):
    urls = "services:draft"
    saves = True

    def __init__(self, draft: Draft, citizen: Filer, writer: User | None = None) -> None:
        """`citizen` is who files, `writer` who types: an officer at a desk, else the citizen."""
        self.draft, self.citizen, self.user = draft, citizen, writer or citizen.user
        self.code, self.title = draft.version.code, draft.version.name_vi
        self.definition = self.form_of(read(draft.version.form.definition))
        self.about = about(self.code)
        self.now = timezone.now()
        self._asked = filing.asked_for(draft.pk)
        self._new_files = 0
        self._take(draft.answers)

    def form_of(self, definition: Definition) -> Definition:
        """As it is asked here."""
        return definition

    def _take(self, answers: Mapping[str, Any]) -> None:
        """The answers, and what registers said as far as it concerns them."""
        self._answers = answers
        self.evidence, self.world = filing.world_of(
            self._asked,
            version=self.draft.version,
            meaning=self.about,
            citizen=self.citizen,
            answers=answers,
            now=self.now,
        )

    @property
    def answers(self) -> Mapping[str, Any]:
        return self._answers

    def keep(self, answers: Mapping[str, Any], page: str = "answers") -> None:
        self._take(dict(answers))
        self.draft = save_answers(
            draft=self.draft,
            page=page,
            answers=answers,
            actor=self.user,
            now=timezone.now(),
            revision=self.draft.revision,
        )

    def typed(self, page: Page) -> Mapping[str, list[str]]:
        typed: Mapping[str, list[str]] = self.draft.typed.get(page.key, {})
        return typed

    def keep_typed(self, page: Page, typed: Mapping[str, list[str]]) -> None:
        self.draft = keep_typed(draft=self.draft, page=page.key, typed=typed, actor=self.user, now=timezone.now())

    def keep_file(self, upload: "UploadedFile[Any] | str", question: Question) -> str:
        most = rules_on(self.world.today).files_per_dossier
        if len(self.file_ids) + self._new_files >= most:
            told = gettext("%(label)s: a dossier takes at most %(most)d files. Remove one that is not needed first.")
            raise RefusedFile(told % {"label": question.label, "most": most})
        try:
            kept = self.store_parts(upload) if isinstance(upload, str) else self.store(upload)
        except DocumentsError as error:
            raise RefusedFile(f"{question.label}: {error}") from error
        self._new_files += 1
        return str(kept.pk)

    def store_parts(self, upload_id: str) -> StoredFile:
        """The same, for a file that came in parts; it is used up by it."""
        try:
            known = uuid.UUID(upload_id)
        except ValueError:
            raise UploadGoneError from None
        with whole_upload(upload_id=known, actor=self.user, now=timezone.now()) as upload:
            return self.store(upload)

    def store(self, upload: "File[Any]") -> StoredFile:
        """Raises DocumentsError. Scans of a desk belong to its unit, photos of a citizen to the citizen."""
        desk = self.draft.desk_unit_id
        return store_upload(
            upload=upload,
            kind=UploadKind.ATTACHMENT,
            unit_id=desk,
            owner=None if desk else self.user.pk,
            actor=self.user,
            now=timezone.now(),
        )

    def file_name(self, file_id: str) -> str:
        return self._names.get(file_id, file_id)

    @cached_property
    def _names(self) -> dict[str, str]:
        readable = StoredFile.objects.readable_by(user_id=self.user.pk, units=self._desk)
        rows = readable.filter(pk__in=self.file_ids)
        return {str(pk): name for pk, name in rows.values_list("pk", "name")}

    @property
    def file_ids(self) -> list[str]:
        """All files that the draft names."""
        at_desk = [one for paper in self.draft.desk_papers.values() for one in paper["files"]]
        return [*_files_in(self.definition, self.answers), *at_desk]

    @property
    def _desk(self) -> list[int]:
        return [self.draft.desk_unit_id] if self.draft.desk_unit_id else []

    def arguments(self) -> dict[str, Any]:
        return {"draft": self.draft.pk}

    @property
    def note(self) -> str:
        """What the pages say above everything else."""
        if waiting(self.evidence):
            return gettext(
                "Registers of the state are being asked about you. Go on; what they know is filled in when you open "
                "the next page."
            )
        return ""

    @property
    def again(self) -> list[str]:
        """What the new version of the procedure asks again, in words."""
        questions = {question.key: question for _page, question in self.definition.everything()}
        return [str(questions[key].label) for key in self.draft.again if key in questions]

    def packed(self) -> Packed:
        return Packed(self.draft, self.definition, self.walk(), self.world, self.about, self.evidence)


def _files_in(definition: Definition, answers: Mapping[str, Any]) -> list[str]:
    keys = [question.key for question in definition.plain.values() if question.component]
    return [one for key in keys if isinstance(answers.get(key), list) for one in answers[key]]


def citizen_of(request: HttpRequest) -> Citizen | None:
    user = request.user
    if not isinstance(user, User) or not user.is_citizen:
        return None
    return Citizen.objects.select_related("user").filter(pk=user.pk).first()


class Drafting(View):
    """Only its writer opens a draft; one that ended, was filed or has other rules now says so instead."""

    allows_ended_version = False

    @cached_property
    def sheet(self) -> DraftSheet:
        return self.sheet_for(self.request)

    def sheet_for(self, request: HttpRequest) -> DraftSheet:
        citizen = citizen_of(request)
        drafts = Draft.objects.select_related("version__procedure", "version__form")
        draft = drafts.filter(pk=self.kwargs["draft"], desk_unit=None).first() if citizen else None
        if citizen is None or draft is None or draft.writer_id != citizen.pk:
            raise Http404
        return DraftSheet(draft, citizen)

    def dispatch(self, request: HttpRequest, *args: Any, **arguments: Any) -> HttpResponseBase:
        draft = self.sheet.draft
        if draft.dossier_id:
            return self.filed(draft)
        if draft.expires_at <= self.sheet.now:
            return self.refused(request, ExpiredError(), 410)
        in_force = versions.is_in_force(draft.version, self.sheet.world.today)
        if not in_force and not self.allows_ended_version:
            return redirect(self.sheet.url("move"))
        try:
            return super().dispatch(request, *args, **arguments)
        except StaleError:
            return problem_page(
                request,
                409,
                gettext("This page was saved at the same moment elsewhere"),
                gettext("What was saved there is kept. What you typed here was not saved."),
                [Step(gettext("Open the page again and look at what is there."), request.get_full_path())],
            )
        except ServicesError as error:
            return self.refused(request, error, 409)

    def filed(self, draft: Draft) -> HttpResponse:
        return redirect("services:receipt", dossier=draft.dossier_id)

    def refused(self, request: HttpRequest, error: ServicesError, status: int) -> HttpResponse:
        begin = reverse("services:begin", kwargs={"code": self.sheet.code})
        steps = [
            Step(gettext("Begin this procedure again"), begin),
            Step(gettext("Look at your other drafts"), reverse("services:drafts")),
        ]
        return problem_page(request, status, gettext("This draft cannot be gone on with"), str(error), steps)


class TaskListView(Drafting, declaring.TaskListView):
    pass


class PageView(Drafting, declaring.PageView):
    pass


class SaveView(Telling, Drafting, SavingView):
    pass


class RowView(Drafting, declaring.RowView):
    pass


class RemoveRowView(Drafting, declaring.RemoveRowView):
    pass
