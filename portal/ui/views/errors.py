"""The error pages by status. Each says what happened, what was kept, what to do next."""

import logging
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import REASON_NO_CSRF_COOKIE
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token

from portal.ui.errors import Step, problem_page, reference, resend

log = logging.getLogger(__name__)


def _home() -> Step:
    return Step(_("Go to the home page"), reverse("ui:home"))


def _again(request: HttpRequest) -> Step:
    return Step(_("Open the page again"), request.path if request.method == "GET" else reverse("ui:home"))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return too_large(request)
    if isinstance(exception, TooManyFieldsSent | TooManyFilesSent):
        return problem_page(
            request,
            HTTPStatus.BAD_REQUEST,
            _("There are too many answers in this form"),
            _("Nothing of it was saved. A form of this portal never has that many boxes or files."),
            [Step(_("Go back, open the form again and fill it in anew.")), _home()],
        )
    return problem_page(
        request,
        HTTPStatus.BAD_REQUEST,
        _("The portal could not understand this request"),
        _("Nothing was changed. The address may be cut short, or a program changed what your browser sent."),
        [Step(_("Check the address, or start again from the home page.")), _home()],
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return problem_page(
        request,
        HTTPStatus.FORBIDDEN,
        _("You may not open this page"),
        _("You are signed in, but your post or your role does not include this. Nothing was changed."),
        [
            Step(_("If it belongs to your work, ask the administrator of your unit for the right.")),
            Step(_("If you have another account, sign out and sign in with that one.")),
            _home(),
        ],
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return problem_page(
        request,
        HTTPStatus.NOT_FOUND,
        _("There is no such page"),
        _("The address may be mistyped or cut short, the page may be gone, or it is not open to you."),
        [Step(_("Check the address for mistakes.")), _home()],
    )


def method_not_allowed(request: HttpRequest, allowed: str) -> HttpResponse:
    response = problem_page(
        request,
        HTTPStatus.METHOD_NOT_ALLOWED,
        _("This address does not work that way"),
        _("Nothing was changed. Something was sent where one can only look, or opened where only a form may arrive."),
        [_home()],
    )
    response.headers["Allow"] = allowed
    return response


def too_large(request: HttpRequest) -> HttpResponse:
    return problem_page(
        request,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        _("What you sent is too large"),
        _("Nothing of this page was saved; pages you saved before are still there."),
        [
            Step(_("Go back, shorten the text or choose a smaller file, and send it again.")),
            Step(_("A photo taken by a phone becomes smaller when you choose a lower quality in the camera.")),
            _home(),
        ],
    )


def too_many_requests(request: HttpRequest, *, retry_after_seconds: int = 60) -> HttpResponse:
    minutes = -(-retry_after_seconds // 60)
    response = problem_page(
        request,
        HTTPStatus.TOO_MANY_REQUESTS,
        _("Too many requests in a short time"),
        _("To keep the portal quick for everybody, this device has to wait. What you saved is kept."),
        [Step(_("Wait %(minutes)d minutes and open the page again.") % {"minutes": minutes}), _home()],
    )
    response.headers["Retry-After"] = str(retry_after_seconds)
    return response


def unavailable(request: HttpRequest, *, retry_after_seconds: int = 120) -> HttpResponse:
    again = resend(request)
    steps = [Step(_("Wait a few minutes, then open the page again.")), _again(request)]
    if again:
        steps = [Step(_("Wait a few minutes, then send it again: what you typed is kept on this page."))]
    response = problem_page(
        request,
        HTTPStatus.SERVICE_UNAVAILABLE,
        _("The portal is not available for a moment"),
        _("What you saved is kept. What you sent just now was not taken."),
        steps,
        again=again,
    )
    response.headers["Retry-After"] = str(retry_after_seconds)
    return response


def busy(request: HttpRequest) -> HttpResponse:
    """Somebody's transaction holds what this one needs, and waiting for it would take too long."""
    again = resend(request)
    steps = [
        Step(_("Wait a few seconds, go back and send it again. Your browser usually keeps what you typed.")),
        _again(request),
    ]
    if again:
        steps = [Step(_("Wait a few seconds, then send it again: what you typed is kept on this page."))]
    response = problem_page(
        request,
        HTTPStatus.SERVICE_UNAVAILABLE,
        _("This is being changed at this very moment"),
        _("What you sent just now was not saved. What you saved before is kept. A merger of units takes some seconds."),
        steps,
        again=again,
    )
    response.headers["Retry-After"] = str(settings.BUSY_RETRY_AFTER)
    return response


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """Must not need the database or the session, and must answer even when its own template is broken."""
    try:
        return problem_page(
            request,
            HTTPStatus.INTERNAL_SERVER_ERROR,
            _("Something went wrong on our side"),
            _("What you sent just now was not saved. What you saved before is kept. The error has been recorded."),
            [Step(_("Wait a minute, then try again.")), _again(request)],
        )
    except Exception:  # the last page there is
        log.exception("The error page itself failed")
        text = f"{_('What you sent just now was not saved. What you saved before is kept.')} {reference(request)}"
        return HttpResponse(text, status=HTTPStatus.INTERNAL_SERVER_ERROR, content_type="text/plain; charset=utf-8")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    cookies = Step(
        _("Allow this site to keep cookies in your browser: without them nobody can sign in or send a form.")
    )
    return problem_page(
        request,
        HTTPStatus.FORBIDDEN,
        _("The form was not sent"),
        _("For your safety a form counts only when it was opened here, not long ago. Nothing was changed."),
        [
            Step(_("Go back, reload the page and send the form again. Your browser usually keeps what you typed.")),
            *([cookies] if reason == REASON_NO_CSRF_COOKIE else []),
            _home(),
        ],
    )
