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
from portal.accounts.models import User
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


PASSWORD_RULES = _("At least 12 characters. A few words in a row are good; pasting from a password manager works.")


class FirstSignInForm(forms.Form):
    """User name, the one-time secret that was handed over, and the password to be."""

    login = forms.CharField(
        label=_("User name"),
        max_length=64,
        widget=Text(width=20, attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": _("Enter your user name.")},
    )
    secret = forms.CharField(
        label=_("One-time secret"),
        help_text=_("Four groups of five letters and digits, from the sheet that you were given."),
        max_length=40,
        widget=Text(width=20, attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("Enter the one-time secret.")},
    )
    password1 = forms.CharField(
        label=_("New password"),
        help_text=PASSWORD_RULES,
        strip=False,
        max_length=LONGEST,
        widget=Password(new=True),
        error_messages={"required": _("Enter a new password.")},
    )
    password2 = forms.CharField(
        label=_("New password once more"),
        strip=False,
        max_length=LONGEST,
        widget=Password(new=True),
        error_messages={"required": _("Enter the new password once more.")},
    )

    def clean_password1(self) -> str:
        password: str = self.cleaned_data["password1"]
        password_validation.validate_password(password, User(username=self.cleaned_data.get("login", "").lower()))
        return password

    def clean_password2(self) -> str:
        again: str = self.cleaned_data["password2"]
        if "password1" in self.cleaned_data and again != self.cleaned_data["password1"]:
            raise ValidationError(_("The two passwords differ. Enter the same one twice."), code="differ")
        return again


class ChangePasswordForm(BaseChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label, new, help_text in (
            ("oldpassword", _("Current password"), False, ""),
            ("password1", _("New password"), True, PASSWORD_RULES),
            ("password2", _("New password once more"), True, ""),
        ):
            self.fields[name] = forms.CharField(
                label=label, help_text=help_text, strip=False, max_length=LONGEST, widget=Password(new=new)
            )

    def clean_password1(self) -> str:
        password: str = self.cleaned_data["password1"]
        password_validation.validate_password(password, self.user)
        return password
