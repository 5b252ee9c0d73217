"""One page for everything that did not work: what happened, what was kept, what to do next, and a number to quote."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from portal.ui.context import Page, StrangersPage

CSRF_FIELD = "csrfmiddlewaretoken"  # Django's; the page has a new one


@dataclass(frozen=True)
class Step:
    """A way on: a sentence, and the address if it is a link."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class Resend:
    """A form that was not taken: where it goes, and every answer of it, to be sent once more as it was."""

    url: str
    answers: Sequence[tuple[str, str]]


def resend(request: HttpRequest) -> Resend | None:
    """None when it is no form of ours, when a page can't hold all of it (a file), or must not (a password)."""
    if CSRF_FIELD not in request.POST or request.FILES or hasattr(request, "sensitive_post_parameters"):
        return None
    named = ((name, answer) for name, answers in request.POST.lists() for answer in answers)
    return Resend(request.get_full_path(), [(name, answer) for name, answer in named if name != CSRF_FIELD])


def reference(request: HttpRequest) -> str:
    """The request's number, for the person to quote and for us to find it in the log and the events."""
    return str(getattr(request, "request_id", ""))[:12]


def problem_page(
    request: HttpRequest,
    status: int,
    title: str,
    detail: str,
    next_steps: Sequence[Step | str] = (),
    *,
    again: Resend | None = None,
) -> HttpResponse:
    """A page of the given status. From 500 on it uses no database and no session: the visitor counts as a stranger."""
    steps = [step if isinstance(step, Step) else Step(step) for step in next_steps]
    context: dict[str, Any] = {
        "title": title,
        "detail": detail,
        "steps": steps,
        "again": again,
        "reference": reference(request),
        "status": status,
    }
    context["ui"] = StrangersPage(request) if status >= HTTPStatus.INTERNAL_SERVER_ERROR else Page(request)
    body = render_to_string("errors/problem.html", context, request=request)
    response = HttpResponse(body, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
