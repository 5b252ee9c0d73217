"""Officers: user name, password, second factor. allauth does the work; here stand our addresses, words and events."""

from typing import Any

from allauth.account import views as account
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import views as mfa
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.mfa.webauthn import views as webauthn
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from portal.accounts import operations
from portal.accounts.adapter import note_failure
from portal.accounts.forms import code_lock
from portal.accounts.identity import Reason
from portal.accounts.models import User
from portal.accounts.signing_in import safe_next, user_of
from portal.accounts.views.pages import ended_message

KEPT = '"cache", "storage"'  # cookies go one by one: the display settings stay


class SignIn(account.LoginView):
    template_name = "accounts/officer_sign_in.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        next_path = safe_next(self.request, self.request.GET.get("next") or self.request.POST.get("next"))
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"next": next_path, "ended": ended_message(self.request)}


class SecondFactor(mfa.AuthenticateView):
    def form_invalid(self, form: Any) -> HttpResponse:
        code_failed(self.request, self.stage.login.user, form)
        response: HttpResponse = super().form_invalid(form)
        return response


class Reauthenticate(mfa.ReauthenticateView):
    def form_invalid(self, form: Any) -> HttpResponse:
        code_failed(self.request, self.request.user, form)
        response: HttpResponse = super().form_invalid(form)
        return response


def code_failed(request: HttpRequest, user: User, form: Any) -> None:
    """A wrong code counts towards the lock; an empty one, or one during the lock, was no guess."""
    codes = {error.code for errors in form.errors.as_data().values() for error in errors}
    if not codes & {"required", "locked"}:
        note_failure(request, name=code_lock(user), method="second_factor", reason=Reason.CODE_WRONG, user=user)


@method_decorator(never_cache, name="dispatch")
class SignOut(account.LogoutView):
    """By POST only, for everybody. The browser is told to forget what it holds of us."""

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponseNotAllowed(["POST"])

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.request.user.is_authenticated:
            operations.note_sign_out(user=self.request.user, now=timezone.now())
        response: HttpResponse = super().post(*args, **kwargs)
        response["Clear-Site-Data"] = KEPT
        return response


class ActivateTotp(totp.ActivateTOTPView):
    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        proved(self.request, Authenticator.Type.TOTP)
        return response


@never_cache
@require_GET
def totp_square(request: HttpRequest) -> HttpResponse:
    """The key that is being set up, as a picture for the phone; the content policy allows no pictures inside pages."""
    secret = request.session.get(SECRET_SESSION_KEY)
    if not secret:
        raise Http404
    adapter = get_adapter()
    svg = adapter.build_totp_svg(adapter.build_totp_url(request.user, secret))
    return HttpResponse(svg, content_type="image/svg+xml")


class DeactivateTotp(totp.DeactivateTOTPView):
    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        operations.note_second_factor(user=self.request.user, kind="totp", added=False, now=timezone.now())
        return response


class AddKey(webauthn.AddWebAuthnView):
    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        proved(self.request, Authenticator.Type.WEBAUTHN)
        return response


class RemoveKey(webauthn.RemoveWebAuthnView):
    """The last second factor stays."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"is_last": self._is_last()}

    def form_valid(self, form: Any) -> HttpResponse:
        if self._is_last():
            page: HttpResponse = self.render_to_response(self.get_context_data(form=form), status=409)
            return page
        response: HttpResponse = super().form_valid(form)
        operations.note_second_factor(user=self.request.user, kind="webauthn", added=False, now=timezone.now())
        return response

    def _is_last(self) -> bool:
        strong = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
        own = Authenticator.objects.filter(user=self.request.user, type__in=strong)
        return not own.exclude(pk=self.object.pk).exists()


class NewRecoveryCodes(recovery.GenerateRecoveryCodesView):
    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        operations.note_second_factor(user=self.request.user, kind="recovery_codes", added=True, now=timezone.now())
        return response


class ChangePassword(account.PasswordChangeView):
    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        operations.note_password_change(user=self.request.user, now=timezone.now())
        return response


def proved(request: HttpRequest, kind: str) -> None:
    """Setting a factor up needs a code or a touch, which proves it for this session as well."""
    newest = Authenticator.objects.filter(user=request.user, type=kind).order_by("-created_at", "-id")[0]
    post_authentication(request, newest)
    operations.note_second_factor(user=user_of(request), kind=kind, added=True, now=timezone.now())
