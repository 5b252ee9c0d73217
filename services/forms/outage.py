"""How many codes are set aside, and when a dossier was received on paper."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext_lazy as _

from portal.ui.forms import DateBoxesField, NativeDate, Number, Select, Text, TextArea
from services.forms.desk import DeedForm
from services.models import PaperNumber
from services.models.outage import REASON_LENGTH
from services.operations.outage import MOST

NO_CODE = ("none", _("None: no codes were set aside"))
PROOF_LENGTH = 200  # of a clock entry
LONGER = _("Shorten it to %(limit_value)d characters")


class BlockForm(forms.Form):
    use_required_attribute = False

    unit = forms.TypedChoiceField(label=_("Desk"), coerce=int, widget=Select())
    day = DateBoxesField(
        label=_("For which day"),
        help_text=_("Today, or one of the next seven days"),
        error_messages={"required": _("Enter the day for which the codes are")},
    )
    count = forms.IntegerField(
        label=_("How many"),
        min_value=1,
        max_value=MOST,
        widget=Number(width=3),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), _("Enter a number from 1 to 200")
        ),
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=REASON_LENGTH,
        help_text=_("For example: planned power cut, storm"),
        widget=Text(),
        error_messages={"required": _("Write why codes are set aside"), "max_length": LONGER},
    )

    def __init__(self, data: Any, *, desks: Sequence[tuple[int, str]], today: date) -> None:
        super().__init__(data, initial={"unit": desks[0][0] if desks else None, "day": today, "count": 20})
        chosen: Any = self.fields["unit"]
        chosen.choices = desks
        if len(desks) == 1:
            chosen.widget = forms.HiddenInput()


class VoidForm(forms.Form):
    use_required_attribute = False

    reason = forms.CharField(
        label=_("Why nobody gets this code"),
        max_length=REASON_LENGTH,
        help_text=_("For example: not used, the sheet was spoiled"),
        widget=TextArea(rows=2, count=True),
        error_messages={"required": _("Write why nobody gets this code"), "max_length": LONGER},
    )


class PaperAcceptForm(DeedForm):
    """What stands on the paper that the filer was given."""

    use_required_attribute = False

    number = forms.ChoiceField(
        label=_("Code on the paper"),
        help_text=_("A code of your desk for a dossier that another organ decides is replaced by one of that organ"),
        widget=Select(),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose the code that stands on the paper")),
    )
    day = forms.DateField(
        label=_("Day, where the paper bears no code"),
        help_text=_("Day, month, year, for example 20/11/2026; the day of a code is part of it"),
        required=False,
        widget=NativeDate(),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={"invalid": _("Enter a date such as 20/11/2026")},
    )
    at = forms.TimeField(
        label=_("Received at, by the clock"),
        help_text=_("On the day that is part of the code, for example 9:40"),
        input_formats=["%H:%M", "%Hh%M", "%H.%M"],
        widget=Text(width=5),
        error_messages={
            "required": _("Enter when the dossier was received"),
            "invalid": _("Enter hours and minutes, for example 9:40"),
        },
    )
    proof = forms.CharField(
        label=_("Where the paper is kept"),
        max_length=PROOF_LENGTH,
        help_text=_("For example: folder of power cuts, sheet 3"),
        widget=Text(),
        error_messages={"required": _("Enter where the paper is kept; it proves the moment"), "max_length": LONGER},
    )

    def __init__(self, data: Any, *, numbers: Sequence[PaperNumber], revision: int) -> None:
        super().__init__(data, initial={"revision": revision})
        self.numbers = {str(number.pk): number for number in numbers}
        chosen: Any = self.fields["number"]
        chosen.choices = [("", _("Choose")), *((key, number.code) for key, number in self.numbers.items()), NO_CODE]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("number") == NO_CODE[0] and not said.get("day") and "day" not in self.errors:
            self.add_error("day", _("Enter the day on which it was received"))
        return said

    def arguments(self) -> dict[str, Any]:
        """Of `accept_on_paper`."""
        data = self.cleaned_data
        number = self.numbers.get(data["number"])
        at = datetime.combine(number.block.day if number else data["day"], data["at"], get_current_timezone())
        return {"number": number, "received_at": at, "proof": data["proof"], "revision": data["revision"]}
