"""Trying a declaration form before there are dossiers: answers live in the session. Only where UI_CATALOGUE is on."""

import json
import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext

from services.catalogue.parts import DATA
from services.declarations import Known, Question, Sourced, World, read
from services.forms.answers import RefusedFile
from services.models import ProcedureVersion
from services.queries.catalogue import version_on
from services.queries.places import UnitsOn
from services.views import declaring
from services.views.declaring import Sheet

FILE_LIMIT = 10 * 1024 * 1024  # bytes
SAMPLE = "mau"


class SessionSheet(Sheet):
    """Files are only named, never stored: this is for trying."""

    urls = "services:try"
    may_begin_anew = True

    def __init__(self, request: HttpRequest, version: ProcedureVersion) -> None:
        self.session, self.code, self.title = request.session, version.code, version.name_vi
        self.definition = read(version.form.definition)
        stored = self.session.get(self._key, {})
        self._kept: dict[str, Any] = {"answers": {}, "files": {}, "sample": False} | stored
        today = timezone.localdate()
        self.world = World(today, UnitsOn(today), _sample() if self._kept["sample"] else Known())

    @property
    def _key(self) -> str:
        return f"try-form-{self.code}"

    @property
    def answers(self) -> Mapping[str, Any]:
        answers: Mapping[str, Any] = self._kept["answers"]
        return answers

    def keep(self, answers: Mapping[str, Any], page: str = "") -> None:
        self._save(answers=dict(answers))

    def begin(self, *, sample: bool) -> None:
        self._save(answers={}, files={}, sample=sample)

    def _save(self, **changes: Any) -> None:
        self._kept |= changes
        self.session[self._key] = self._kept

    def keep_file(self, upload: "UploadedFile[Any] | str", question: Question) -> str:
        if isinstance(upload, str):
            return super().keep_file(upload, question)
        if (upload.size or 0) > FILE_LIMIT:
            raise RefusedFile(gettext("%(label)s: at most 10 MB for each file.") % {"label": question.label})
        file_id = str(uuid.uuid4())
        self._save(files={**self._kept["files"], file_id: (upload.name or "")[:100]})
        return file_id

    def file_name(self, file_id: str) -> str:
        return str(self._kept["files"].get(file_id, file_id))


def _sample() -> Known:
    """What registers would say of an invented mother."""
    source = json.loads((DATA / "sample_known.json").read_text(encoding="utf-8"))
    values = {name: Sourced(one["value"], one["origin"]) for name, one in source["values"].items()}
    return Known(values, frozenset(source["proven"]))


class Trying:
    def sheet_for(self, request: HttpRequest) -> SessionSheet:
        version = (
            version_on(request.resolver_match.kwargs["code"], timezone.localdate()) if request.resolver_match else None
        )
        if version is None:
            raise Http404
        return SessionSheet(request, version)


@method_decorator(login_not_required, name="dispatch")
class TaskListView(Trying, declaring.TaskListView):
    """POST begins anew; with `mau` as somebody whom the registers know."""

    def post(self, request: HttpRequest, **_arguments: Any) -> HttpResponse:
        sheet = self.sheet_for(request)
        sheet.begin(sample=SAMPLE in request.POST)
        return redirect(sheet.url("tasks"))


@method_decorator(login_not_required, name="dispatch")
class PageView(Trying, declaring.PageView):
    pass


@method_decorator(login_not_required, name="dispatch")
class RowView(Trying, declaring.RowView):
    pass


@method_decorator(login_not_required, name="dispatch")
class RemoveRowView(Trying, declaring.RemoveRowView):
    pass


@method_decorator(login_not_required, name="dispatch")
class ReviewView(Trying, declaring.ReviewView):
    pass
