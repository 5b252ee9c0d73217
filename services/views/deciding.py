"""What a head decides on one page: a button that agrees, and a form that declines with a reason.

Both forms carry the revision that was looked at. When somebody was faster, the page shows what stands now, with the
newer revision in both forms and what was typed in its own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Protocol

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from documents.errors import DocumentsError
from services.errors import ServicesError
from services.forms.lateness import ApproveForm, DeclineForm
from services.models import Dossier
from services.views.desk_access import status_of


class Asked(Protocol):
    """What is decided: it belongs to a dossier, whose revision counts."""

    pk: Any
    dossier: Dossier


class Show(Protocol):
    """The page, with the problem and what was typed."""

    def __call__(
        self, *, form: DeclineForm | None = None, problem: str = "", status: int = HTTPStatus.OK
    ) -> HttpResponse: ...


@dataclass(frozen=True, slots=True)
class Decision:
    """`deed` takes `now` and `revision`, and `reason` where it declines; `page` is the name of the address of `row`."""

    row: Asked
    deed: Callable[..., object]
    show: Show
    page: str
    told: str

    def agree(self, request: HttpRequest) -> HttpResponse:
        form = ApproveForm(request.POST, revision=self.row.dossier.revision)
        if not form.is_valid():
            return self.show(status=HTTPStatus.BAD_REQUEST)
        return self._done(request, form.cleaned_data, None)

    def decline(self, request: HttpRequest) -> HttpResponse:
        form = DeclineForm(request.POST, revision=self.row.dossier.revision)
        if not form.is_valid():
            return self.show(form=form, status=HTTPStatus.BAD_REQUEST)
        return self._done(request, form.cleaned_data, form)

    def _done(self, request: HttpRequest, said: dict[str, Any], form: DeclineForm | None) -> HttpResponse:
        try:
            self.deed(now=timezone.now(), **said)
        except (ServicesError, DocumentsError) as refusal:
            status = status_of(refusal) if isinstance(refusal, ServicesError) else HTTPStatus.CONFLICT
            return self.show(form=form, problem=str(refusal), status=status)
        messages.success(request, self.told)
        return redirect(self.page, self.row.pk)


def look_again(row: models.Model, form: DeclineForm | None) -> None:
    """As it stands now."""
    row.refresh_from_db(fields=["state"])
    dossier: Dossier = row.dossier  # type: ignore[attr-defined]  # each of the rows that are decided has one
    dossier.refresh_from_db(fields=["revision"])
    if form is not None:
        form.data = {**form.data, form.add_prefix("revision"): str(dossier.revision)}
