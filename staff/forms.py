"""Forms of the officers' accounts."""

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from portal.ui.forms import Text


class AccountForm(forms.Form):
    username = forms.CharField(
        label=_("User name"),
        help_text=_(
            "Small letters without accents, digits, dots and dashes, for example hoa.lu. It cannot be changed."
        ),
        max_length=64,
        validators=[
            RegexValidator(
                r"\A[a-z0-9][a-z0-9._-]{1,63}\Z", _("Use small letters without accents, digits, dots and dashes only.")
            )
        ],
        widget=Text(width=20, attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": _("Enter a user name.")},
    )
