"""Forms of the sign-in pages: allauth's rules in our widgets and words."""

from typing import Any

from allauth.account.forms import ChangePasswordForm as BaseChangePasswordForm
from allauth.account.forms import LoginForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as BaseReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts import lockout
from portal.accounts.passwords import LONGEST
from portal.accounts.wording import locked_message
from portal.events import context
from portal.ui.forms import Number, Password, Text

CODE_HINT = _("Six digits from the code app, or one of your recovery codes.")


def _code(help_text: Any = CODE_HINT) -> forms.CharField:
    return forms.CharField(
        label=_("Sign-in code"),
        help_text=help_text,
        max_length=20,
        widget=Number(width=10, attrs={"autocomplete": "one-time-code"}),
        error_messages={"required": _("Enter the code.")},
    )


class SignInForm(LoginForm):
    """User name and password. The answer to a wrong name and to a wrong password is the same."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.CharField(
            label=_("User name"),
            max_length=64,
            widget=Text(width=20, attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
            error_messages={"required": _("Enter your user name.")},
        )
        self.fields["password"] = forms.CharField(
            label=_("Password"),
            strip=False,
            max_length=LONGEST,
            widget=Password(),
            error_messages={"required": _("Enter your password.")},
        )
        self.order_fields(["login", "password"])


class _Locked:
    """Codes are guessed against the same lock as passwords."""

    user: Any

    def clean_code(self) -> str:
        until = lockout.locked_until(name=code_lock(self.user), ip=context.current().ip or "", now=timezone.now())
        if until:
            raise ValidationError(locked_message(until), code="locked")
        cleaned: str = super().clean_code()  # type: ignore[misc]  # the class beside this one has it
        lockout.succeeded(name=code_lock(self.user), ip=context.current().ip or "")
        return cleaned


def code_lock(user: Any) -> str:
    return f"{user.username}\0code"


class SecondFactorForm(_Locked, AuthenticateForm):
    code = _code()


class ReauthenticateForm(_Locked, BaseReauthenticateForm):
    code = _code()


class ActivateTotpForm(ActivateTOTPForm):
    code = _code(_("Six digits that the app shows now."))


class AddKeyForm(AddWebAuthnForm):
    name = forms.CharField(
        label=_("Name of the key"), required=False, max_length=60, widget=Text(width=20, attrs={"autocomplete": "off"})
    )


class RenameKeyForm(EditWebAuthnForm):
    name = forms.CharField(
        label=_("Name of the key"),
        max_length=60,
        widget=Text(width=20, attrs={"autocomplete": "off"}),
        error_messages={"required": _("Enter a name for the key.")},
    )


class ChangePasswordForm(BaseChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rules = _("At least 12 characters. A few words in a row are good; pasting from a password manager works.")
        for name, label, new, help_text in (
            ("oldpassword", _("Current password"), False, ""),
            ("password1", _("New password"), True, rules),
            ("password2", _("New password once more"), True, ""),
        ):
            self.fields[name] = forms.CharField(
                label=label, help_text=help_text, strip=False, max_length=LONGEST, widget=Password(new=new)
            )

    def clean_password1(self) -> str:
        password: str = self.cleaned_data["password1"]
        password_validation.validate_password(password, self.user)
        return password
