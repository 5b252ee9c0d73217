"""Where allauth's pages meet our rules: who is locked out, what is said, what is recorded, how secrets are kept."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.accounts import lockout, operations, vault
from portal.accounts.identity import Reason
from portal.accounts.models import User
from portal.accounts.signing_in import begin
from portal.accounts.wording import locked_message
from portal.events.middleware import client_ip

PASSWORD = "password"
TOTP_CONTEXT = "mfa.totp"


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("The user name or the password is wrong. Please try again."),
        "incorrect_code": _("This code is wrong or was used already. Wait for the next one and try again."),
        "enter_current_password": _("This is not your current password."),
        "too_many_login_attempts": _("Too many wrong attempts. Please wait a few minutes and try again."),
        "rate_limited": _("Too many attempts. Please wait a few minutes and try again."),
    }
    messages = {
        "mfa/messages/totp_activated.txt": _("The code app is set up. You will be asked for its code at each sign-in."),
        "mfa/messages/totp_deactivated.txt": _("The code app was removed."),
        "mfa/messages/webauthn_added.txt": _("The security key was added."),
        "mfa/messages/webauthn_removed.txt": _("The security key was removed."),
        "mfa/messages/recovery_codes_generated.txt": _("New recovery codes were made. The old ones are void."),
        "account/messages/password_changed.txt": _("Your password was changed. Other devices were signed out."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_ip(request) or "0.0.0.0"  # noqa: S104  a place that is not known, not one to listen at

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        super().pre_authenticate(request, **credentials)
        until = lockout.locked_until(
            name=credentials.get("username", ""), ip=self.get_client_ip(request), now=timezone.now()
        )
        if until:
            raise ValidationError(locked_message(until), code="locked")

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        user: User | None = super().authenticate(request, **credentials)
        if user is not None:
            lockout.succeeded(name=user.username, ip=self.get_client_ip(request))
        return user

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        name = credentials.get("username", "")
        note_failure(request, name=name, method=PASSWORD, reason=Reason.PASSWORD)

    def login(self, request: HttpRequest, user: User) -> None:
        user.backend = "portal.accounts.backends.OfficerBackend"
        begin(request, user, method="password+second_factor", now=timezone.now())

    def get_login_stages(self) -> list[str]:
        return ["allauth.mfa.stages.AuthenticateStage", "portal.accounts.stages.GroundStage"]

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **kwargs: Any
    ) -> None:
        text = kwargs.pop("message", None) or self.messages.get(message_template or "")
        if text:
            super().add_message(request, level, message=str(text))

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Users have no mail address here; the event and the list of sessions tell the owner."""

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """Only the second factor proves anew who sits there, once there is one."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        strong = [method for method in methods if method["id"].startswith("mfa_")]
        words = {
            "mfa_reauthenticate": _("Use a code"),
            "mfa_reauthenticate:webauthn": _("Use a security key"),
            "reauthenticate": _("Use the password"),
        }
        return [method | {"description": words[method["id"]]} for method in strong or methods]

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:sessions")


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "cannot_delete_authenticator": _("Officers need a second factor. Add another one before you remove this one."),
    }

    def get_totp_issuer(self) -> str:
        return str(settings.PORTAL_NAME)

    def encrypt(self, text: str) -> str:
        return vault.seal(text, context=TOTP_CONTEXT).hex()

    def decrypt(self, encrypted_text: str) -> str:
        return vault.unseal(bytes.fromhex(encrypted_text), context=TOTP_CONTEXT)

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """An officer keeps at least one factor that is not a list of codes."""
        kinds = [authenticator.Type.TOTP, authenticator.Type.WEBAUTHN]
        others = (
            type(authenticator).objects.filter(user=authenticator.user, type__in=kinds).exclude(pk=authenticator.pk)
        )
        return bool(others.exists())

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": super().get_public_key_credential_rp_entity()["id"], "name": settings.PORTAL_NAME}

    def generate_authenticator_name(self, user: User, type: Any) -> str:
        return gettext("Security key of %(day)s") % {"day": timezone.localdate().strftime("%d/%m/%Y")}


def note_failure(request: HttpRequest, *, name: str, method: str, reason: Reason, user: User | None = None) -> None:
    """Record a wrong password, code or secret, and the lock when this one was the last allowed.

    `name` is what is counted: a user name, or one with the way behind it, of whose `user` the caller knows.
    """
    now = timezone.now()
    if user is None and method == PASSWORD:
        user = User.objects.officers().filter(username=name.strip().lower()).first()
    operations.note_refusal(reason=reason, method=method, now=now, user=user)
    until = lockout.failed(name=name, ip=client_ip(request) or "", now=now)
    if until:
        operations.note_lock(method=method, until=until, now=now, user=user)
