"""Pages that say no, and where to go on."""

from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.accounts.identity import Reason
from portal.accounts.models import End
from portal.accounts.signing_in import safe_next
from portal.ui.errors import Step, problem_page

WRONG_ANSWER = _(
    "The answer of the identification system did not pass our checks, so nobody was signed in. This can happen when a "
    "page was kept open for long or opened again from the history. Start again from the sign-in page."
)
WORDS = {
    Reason.STATE: _(
        "This sign-in was not started in this browser, has been used already, or took longer than 10 minutes. "
        "Start again from the sign-in page."
    ),
    Reason.DENIED: _(
        "You did not agree to share your identity with the portal, so you are not signed in. You can start again at "
        "any time, or come to the one-stop desk with your papers."
    ),
    Reason.PROVIDER: _("The identification system does not answer at the moment. Please try again in a few minutes."),
    Reason.CODE: _("The identification system refused this sign-in because it took too long or was used already."),
    Reason.MISSING_CLAIM: _(
        "Your electronic account gave us no personal number or no level, and without them we cannot know who you are. "
        "Please turn to the office that issued your account."
    ),
    Reason.NUMBER_CHANGED: _(
        "Your electronic account now carries another personal number than before. To protect you nobody was signed in. "
        "Please come to the one-stop desk with your identity card."
    ),
    Reason.SUSPENDED: _(
        "Your electronic account is suspended, so it cannot be used here. The police office that manages your account "
        "can tell you why. Papers can still be filed at the one-stop desk."
    ),
    Reason.CLOSED: _("This account is closed at the portal. Please turn to the one-stop desk."),
    Reason.NO_POST: _(
        "We know who you are, but you hold no post at the moment, so there is nothing you could work on. "
        "If that is a mistake, please turn to the staff office of your agency."
    ),
    Reason.NO_OFFICER: _(
        "This electronic identity belongs to no officer's account, so nobody was signed in. If you work at an agency, "
        "please ask the administrator of your commune's or province's one-stop system for an account. As a citizen, "
        "start from the sign-in page."
    ),
    Reason.LEVEL: _(
        "Officers sign in with an electronic identity of level 2; yours is of level 1. Use your user name, password "
        "and code, or have level 2 confirmed at the police office of your commune or ward."
    ),
    Reason.SECRET: _(
        "The user name or the one-time secret is wrong, or the secret was used or is older than 24 hours. Please ask "
        "the administrator who gave it to you for a new one."
    ),
}
ENDED = {
    End.IDLE: _("You were signed out because the session was not used for a while."),
    End.ABSOLUTE: _("You were signed out because the session reached its longest time."),
    End.OWNER: _("You were signed out: this session was ended from another device of yours."),
    End.NO_POST: _("You were signed out because your last assignment has ended."),
    End.DISABLED: _("You were signed out because the account was closed or its password was changed."),
}
NOT_SIGNED_IN = _("You are not signed in, or your session is over.")


def sign_in_url(next_path: str, why: End | None = None) -> str:
    query = {"next": next_path} if next_path and next_path != "/" else {}
    if why is not None:
        query["ended"] = why.value
    return reverse("accounts:sign-in") + (f"?{urlencode(query)}" if query else "")


def ended_message(request: HttpRequest) -> str:
    """In words, why the session before this page ended; empty when it did not."""
    value = request.GET.get("ended", "")
    return str(ENDED[End(value)]) if value in End.values else ""


def refused(request: HttpRequest, reason: Reason, next_path: str = "") -> HttpResponse:
    steps = [Step(gettext("Back to the sign-in page"), sign_in_url(next_path))]
    return problem_page(
        request, reason.status, gettext("You are not signed in"), str(WORDS.get(reason, WRONG_ANSWER)), steps
    )


def nothing_was_sent(request: HttpRequest, why: End | None) -> HttpResponse:
    """The answer to a form that arrived after the session: what was typed stays in the browser, one step back."""
    kept = gettext("Nothing was sent and nothing was saved. What you typed may still be there one page back.")
    detail = f"{ENDED[why] if why else NOT_SIGNED_IN} {kept}"
    steps = [Step(gettext("Sign in and go back to that page"), sign_in_url(page_before(request), why))]
    return problem_page(request, 403, gettext("Please sign in again"), detail, steps)


def page_before(request: HttpRequest) -> str:
    """The page of ours that the form stood on; empty when the browser does not say or it was not ours."""
    referer = urlsplit(request.headers.get("Referer", ""))
    if referer.netloc != request.get_host():
        return ""
    return safe_next(request, referer.path + (f"?{referer.query}" if referer.query else ""))
