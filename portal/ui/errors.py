"""One page for everything that did not work: what happened, what was kept, what to do next, and a number to quote."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from portal.ui.context import Page, StrangersPage


@dataclass(frozen=True)
class Step:
    """A way on: a sentence, and the address if it is a link."""

    text: str
    url: str = ""


def reference(request: HttpRequest) -> str:
    """The request's number, for the person to quote and for us to find it in the log and the events."""
    return str(getattr(request, "request_id", ""))[:12]


def problem_page(
    request: HttpRequest, status: int, title: str, detail: str, next_steps: Sequence[Step | str] = ()
) -> HttpResponse:
    """A page of the given status. From 500 on it uses no database and no session: the visitor counts as a stranger."""
    steps = [step if isinstance(step, Step) else Step(step) for step in next_steps]
    context: dict[str, Any] = {
        "title": title,
        "detail": detail,
        "steps": steps,
        "reference": reference(request),
        "status": status,
    }
    context["ui"] = StrangersPage(request) if status >= HTTPStatus.INTERNAL_SERVER_ERROR else Page(request)
    body = render_to_string("errors/problem.html", context, request=request)
    response = HttpResponse(body, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
