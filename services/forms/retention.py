"""What is written about how long things are kept: holds, and the word of the archive."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.ui.forms import Radios, Text
from services.forms.desk import DeedForm
from services.forms.lateness import SHORTEN, words
from services.models.retention import REASON_LENGTH, RECEIPT_LENGTH
from services.wording_retention import CAUSES

DIGEST_LENGTH = 80  # with blanks between its groups


class HoldForm(DeedForm):
    cause = forms.ChoiceField(
        label=_("Why is it needed longer?"),
        choices=[(cause.value, text) for cause, text in CAUSES.items()],
        widget=Radios(),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose why it is needed longer")),
    )
    reason = words(
        _("What exactly"),
        _("Write what it is needed for"),
        longest=REASON_LENGTH,
        help_text=_("For example the number and date of the complaint, or of the request of the court."),
        rows=3,
    )


class LiftForm(DeedForm):
    reason = words(
        _("Why is it not needed any more?"), _("Write why it is not needed any more"), longest=REASON_LENGTH, rows=3
    )


class ReceivedForm(forms.Form):
    digest = forms.CharField(
        label=_("Digest that the archive reports"),
        help_text=_("64 letters and digits. Take it from the archive's own paper, not from this page."),
        max_length=DIGEST_LENGTH,
        widget=Text(),
        error_messages={"required": _("Enter the digest that the archive reports"), "max_length": SHORTEN},
    )
    receipt = forms.CharField(
        label=_("Number and date of the archive's receipt"),
        max_length=RECEIPT_LENGTH,
        widget=Text(),
        error_messages={"required": _("Enter number and date of the receipt"), "max_length": SHORTEN},
    )
