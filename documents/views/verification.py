"""Anybody checks a document: by its code, and by its file. Nothing that is sent here is kept."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from documents.codes import shown
from documents.queries.verification import Issued, issued_by_code
from documents.verification import words
from documents.verification.checking import Check, check
from documents.verification.forms import CodeForm, FileForm
from documents.verification.limit import seconds_to_wait
from portal.events.middleware import keeps_nothing
from portal.ui.errors import Step, problem_page
from portal.ui.views.errors import too_many_requests


@login_not_required
@never_cache
@require_safe
def verification(request: HttpRequest) -> HttpResponse:
    """Where a code is typed in, by those who can't scan it."""
    form = CodeForm(request.GET if "ma" in request.GET else None)
    if form.is_valid():
        return redirect("documents:verified", shown(form.cleaned_data["ma"]))
    return render(request, "documents/verification.html", {"form": form}, status=400 if form.is_bound else 200)


@keeps_nothing
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verified(request: HttpRequest, code: str) -> HttpResponse:
    """What was issued under this code; POST compares a file with it."""
    if wait := seconds_to_wait(request):
        return too_many_requests(request, retry_after_seconds=wait)
    issued = issued_by_code(code)
    if issued is None:
        return _nothing(request)
    form, found = _file(request, issued)
    today = timezone.localdate()
    context = {
        "type": words.type_name(issued.document),
        "number": issued.document.number,
        "standing": words.standing(issued.document, issued.ended_at, today),
        "rows": words.rows(issued, today),
        "form": form,
        "check": found,
    }
    return render(request, "documents/verified.html", context, status=400 if form.errors else 200)


@keeps_nothing
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify_file(request: HttpRequest) -> HttpResponse:
    """Any signed PDF, whoever issued it."""
    if request.method == "POST" and (wait := seconds_to_wait(request)):
        return too_many_requests(request, retry_after_seconds=wait)
    form, found = _file(request, None)
    context = {"form": form, "check": found}
    return render(request, "documents/verify_file.html", context, status=400 if form.errors else 200)


def _file(request: HttpRequest, issued: Issued | None) -> tuple[FileForm, Check | None]:
    if request.method != "POST":
        return FileForm(), None
    form = FileForm(request.POST, request.FILES)
    found = check(form.cleaned_data["file"], issued, now=timezone.now()) if form.is_valid() else None
    return form, found


def _nothing(request: HttpRequest) -> HttpResponse:
    """The same for a code that never was and for a document that is not issued yet."""
    return problem_page(
        request,
        404,
        _("No issued document has this code"),
        _("Either the code was mistyped, or the paper that carries it was not issued through this portal."),
        [
            Step(_("Compare the code with the paper, letter by letter, and enter it again."), ""),
            Step(_("Enter another code"), reverse("documents:verification")),
            Step(_("Check the file itself"), reverse("documents:verify-file")),
        ],
    )
