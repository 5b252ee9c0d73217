"""An officer's first sign-in: the one-time secret from the administrator becomes a password and a second factor."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from portal.accounts import lockout, operations
from portal.accounts.adapter import note_failure
from portal.accounts.forms import FirstSignInForm
from portal.accounts.identity import Reason, RefusedError
from portal.accounts.models import User
from portal.accounts.signing_in import begin, note_password, require_ground
from portal.accounts.views.pages import WORDS, refused
from portal.accounts.wording import locked_message
from portal.events.middleware import client_ip

METHOD = "one-time-secret"


@login_not_required
@never_cache
@sensitive_post_parameters("secret", "password1", "password2")
@require_http_methods(["GET", "POST"])
def first_sign_in(request: HttpRequest) -> HttpResponse:
    """Afterwards the officer is in, and reaches only the pages that set up the second factor."""
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    form = FirstSignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = _use(request, form)
        except RefusedError as refusal:
            if refusal.reason is not Reason.SECRET:
                operations.note_refusal(reason=refusal.reason, method=METHOD, now=timezone.now(), user=refusal.user)
                return refused(request, refusal.reason)
        else:
            user.backend = "portal.accounts.backends.OfficerBackend"
            begin(request, user, method=METHOD, now=timezone.now())
            note_password(request, user)
            return redirect("mfa_index")
    return render(request, "accounts/first_sign_in.html", {"form": form}, status=400 if form.errors else 200)


def _use(request: HttpRequest, form: FirstSignInForm) -> User:
    """The officer; a secret that leads to nobody at work stays good. Wrong ones are counted, as passwords are."""
    now = timezone.now()
    name, ip = f"{form.cleaned_data['login']}\0{METHOD}", client_ip(request) or ""
    if until := lockout.locked_until(name=name, ip=ip, now=now):
        form.add_error(None, locked_message(until))
        raise RefusedError(Reason.SECRET)
    try:
        with transaction.atomic():
            user = operations.use_secret(
                username=form.cleaned_data["login"],
                secret=form.cleaned_data["secret"],
                password=form.cleaned_data["password1"],
                now=now,
            )
            require_ground(user, now=now)
    except RefusedError as refusal:
        if refusal.reason is Reason.SECRET:
            note_failure(request, name=name, method=METHOD, reason=refusal.reason, user=refusal.user)
            form.add_error("secret", str(WORDS[refusal.reason]))
        raise
    lockout.succeeded(name=name, ip=ip)
    return user
