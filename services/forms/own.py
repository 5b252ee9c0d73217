"""What citizens type after filing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.ui.forms import Number, Radios, Select, Text, TextArea
from services.forms.ratings import add_items
from services.models.confirmations import OBJECTION_LENGTH
from services.models.talk import TEXT_LENGTH
from services.queries.own import TEXT_LIMIT, Part

REASON = 2000
LOW = 2  # from here down the reason is asked for
SCORES = [
    (5, _("Very satisfied")),
    (4, _("Satisfied")),
    (3, _("Neither satisfied nor dissatisfied")),
    (2, _("Dissatisfied")),
    (1, _("Very dissatisfied")),
]

PARTS = [
    ("", _("All")),
    (Part.NEEDED.value, _("You have something to do")),
    (Part.OPEN.value, _("Being worked on")),
    (Part.CLOSED.value, _("Finished")),
]


class OwnFilter(forms.Form):
    """Names stand in addresses, hence Vietnamese."""

    q = forms.CharField(
        label=_("Code, reference, procedure or name"),
        max_length=TEXT_LIMIT,
        required=False,
        help_text=_("With or without accents"),
        widget=Text(),
        error_messages={"max_length": _("Shorten it to %(limit_value)d characters")},
    )
    phan = forms.ChoiceField(label=_("Part"), required=False, widget=Select(), choices=PARTS)

    def __init__(self, data: Any) -> None:
        super().__init__(data)


class LookUpForm(forms.Form):
    code = forms.CharField(
        label=_("Dossier code or reference"),
        max_length=80,
        help_text=_("For example DK-RYDQG-JQFU8, or the code that begins with H"),
        widget=Text(width=20, attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": _("Enter the dossier code or the reference on the receipt"),
            "max_length": _("Shorten it to %(limit_value)d characters"),
        },
    )
    pin = forms.RegexField(
        r"^\d{6}$",
        strip=True,
        label=_("PIN of the receipt"),
        max_length=20,
        help_text=_("Six digits"),
        widget=Number(width=10, attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Enter the PIN on the receipt"),
            "invalid": _("The PIN has six digits"),
            "max_length": _("The PIN has six digits"),
        },
    )


class WithdrawalForm(forms.Form):
    """`revision` is what the citizen looked at."""

    revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput())
    reason = forms.CharField(
        label=_("Why do you withdraw it?"),
        max_length=REASON,
        help_text=_("A few words are enough. The desk reads them."),
        widget=TextArea(rows=3, count=True),
        error_messages={
            "required": _("Write why you withdraw the dossier"),
            "max_length": _("Shorten it to %(limit_value)d characters"),
        },
    )

    def __init__(self, data: Any, *, revision: int) -> None:
        super().__init__(data, initial={"revision": revision})


class ConfirmationForm(forms.Form):
    """`revision` is what the citizen looked at."""

    revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput())


class ObjectionForm(forms.Form):
    """The same; and what is wrong."""

    revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput())
    text = forms.CharField(
        label=_("What is wrong, and how is it right?"),
        max_length=OBJECTION_LENGTH,
        help_text=_("For example: the mother was born in 1998, not in 1989."),
        widget=TextArea(rows=3, count=True),
        error_messages={
            "required": _("Write what is wrong in the draft"),
            "max_length": _("Shorten it to %(limit_value)d characters"),
        },
    )

    def __init__(self, data: Any, *, prefix: str, revision: int | None = None) -> None:
        super().__init__(data, prefix=prefix, initial={"revision": revision})


class RatingForm(forms.Form):
    """Five steps, and a reason where the desk has to learn from it. NĐ 118/2025 Đ.31, 33"""

    score = forms.TypedChoiceField(
        label=_("How satisfied are you?"),
        coerce=int,
        choices=SCORES,
        widget=Radios(),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose one of the five answers")),
    )
    text = forms.CharField(
        label=_("What was good, what should be better?"),
        max_length=TEXT_LENGTH,
        required=False,
        help_text=_("Please say why when you are not satisfied. In reports nobody is named."),
        widget=TextArea(rows=4, count=True),
        error_messages={"max_length": _("Shorten it to %(limit_value)d characters")},
    )

    def __init__(self, data: Any, *, moment: str) -> None:
        super().__init__(data)
        add_items(self, moment)

    @property
    def items(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("item-")]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("score", 5) <= LOW and not data.get("text", "").strip() and "text" not in self.errors:
            self.add_error("text", _("Write why you are not satisfied, so that it can be mended"))
        return data
