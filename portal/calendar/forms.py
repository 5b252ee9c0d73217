"""What people type on the calendar's pages. Field names of the public form stand in its address, hence Vietnamese."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.calendar import inputs, wording
from portal.calendar.limits import Limit, LimitError, LimitUnit
from portal.calendar.messages import limit_message
from portal.calendar.models import NAME_LENGTH, SOURCE_LENGTH

Lazy = Any  # a lazy translation: its type is known to the stubs only
NUMBER = {"inputmode": "numeric", "spellcheck": "false", "class": "govuk-input--width-5"}
DATE_HELP = _("Day, month, year, for example 20/11/2026")  # browsers show dates as their own language does
TIME_HELP = _("For example 10:00")
UNITS = [
    (LimitUnit.WORKING_DAY.value, _("Working days")),
    (LimitUnit.DAY.value, _("Calendar days")),
    (LimitUnit.WORKING_HOUR.value, _("Working hours")),
    (LimitUnit.HOUR.value, _("Hours around the clock")),
    (LimitUnit.MONTH.value, _("Months")),
]


class NativeDate(forms.DateInput):
    """For dates near today."""

    input_type = "date"


def date_field(
    label: Lazy,
    missing: Lazy,
    help_text: Lazy = DATE_HELP,
    *,
    required: bool = True,
) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        widget=NativeDate(format="%Y-%m-%d", attrs={"class": "govuk-input--width-10"}),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={"required": missing, "invalid": _("Enter a date such as 20/11/2026")},
    )


def time_field(label: Lazy, missing: Lazy, help_text: Lazy = TIME_HELP, *, required: bool = True) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        help_text=help_text,
        required=required,
        input_formats=["%H:%M", "%Hh%M", "%H.%M"],
        widget=forms.TimeInput(format="%H:%M", attrs={"class": "govuk-input--width-5", "inputmode": "text"}),
        error_messages={"required": missing, "invalid": _("Enter a time such as 10:00")},
    )


def checked_range(on: date) -> date:
    if not inputs.FIRST_YEAR <= on.year <= inputs.LAST_YEAR:
        facts = {"first": inputs.FIRST_YEAR, "last": inputs.LAST_YEAR}
        raise ValidationError(_("Enter a date from the years %(first)s to %(last)s"), params=facts)
    return on


class DueForm(forms.Form):
    """When would it be due? Cleans to `accepted_at` and `limit`."""

    ngay = date_field(_("Day of acceptance"), _("Enter the day of acceptance"))
    gio = time_field(_("Time of acceptance"), _("Enter the time of acceptance"))
    thoi_han = forms.IntegerField(
        label=_("Time limit of the procedure"),
        localize=False,
        widget=forms.TextInput(attrs=NUMBER),
        error_messages={
            "required": _("Enter the time limit as a number"),
            "invalid": _("Enter the time limit as a whole number, such as 3"),
        },
    )
    don_vi_tinh = forms.ChoiceField(
        label=_("Counted in"),
        choices=UNITS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is counted"), "invalid_choice": _("Choose what is counted")},
    )
    trong_ngay = forms.BooleanField(
        label=_("Result on the same day"),
        help_text=_("Civil status copies, certification: before 15:00 the same working day, otherwise the next one"),
        required=False,
    )

    def clean_ngay(self) -> date:
        return checked_range(self.cleaned_data["ngay"])

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if {"thoi_han", "don_vi_tinh"} <= set(data):
            unit = LimitUnit(data["don_vi_tinh"])
            try:
                data["limit"] = Limit(data["thoi_han"], unit, same_day=data["trong_ngay"])
            except LimitError:
                self.add_error("thoi_han", limit_message(unit))
        if {"ngay", "gio"} <= set(data):
            data["accepted_at"] = datetime.combine(data["ngay"], data["gio"], inputs.ZONE)
        return data


def text_field(label: Lazy, missing: Lazy, longest: int, help_text: Lazy) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=longest,
        error_messages={"required": missing, "max_length": _("Shorten this to at most %(limit_value)d characters")},
    )


class DeedForm(forms.Form):
    """A change of the calendar; `summary` is what the check page shows."""

    def summary(self) -> list[dict[str, Any]]:
        return [{"key": self[name].label, "value": self.shown(name)} for name in self.fields]

    def shown(self, name: str) -> str:
        value = self.cleaned_data[name]
        if isinstance(value, bool):
            return gettext("yes") if value else gettext("no")
        if isinstance(value, time):
            return wording.clock(value)
        return wording.numbers(value) if isinstance(value, date) else str(value or "–")

    def arguments(self) -> dict[str, Any]:
        """What the operation is given."""
        return dict(self.cleaned_data)


SOURCE_HELP = _("Number of the notice or decision; everybody can read it on the calendar")


class SwapForm(DeedForm):
    off_on = date_field(_("Weekday that becomes a day off"), _("Enter the weekday that becomes a day off"))
    worked_on = date_field(_("Day of the weekend that is worked"), _("Enter the day that is worked instead"))
    name = text_field(
        _("Name on the calendar"), _("Enter the name that stands on the calendar"), NAME_LENGTH,
        _("As short as people say it"),
    )  # fmt: skip
    source = text_field(_("Official notice"), _("Enter the number of the notice"), SOURCE_LENGTH, SOURCE_HELP)

    def clean_off_on(self) -> date:
        return checked_range(self.cleaned_data["off_on"])

    def clean_worked_on(self) -> date:
        return checked_range(self.cleaned_data["worked_on"])


class HolidayForm(DeedForm):
    on = date_field(_("Public holiday"), _("Enter the date of the holiday"))
    name = text_field(
        _("Name on the calendar"), _("Enter the name that stands on the calendar"), NAME_LENGTH,
        _("As short as people say it"),
    )  # fmt: skip
    source = text_field(_("Official notice"), _("Enter the number of the notice"), SOURCE_LENGTH, SOURCE_HELP)

    def clean_on(self) -> date:
        return checked_range(self.cleaned_data["on"])


class RetireForm(DeedForm):
    reason = text_field(
        _("Why the entry no longer holds"), _("Enter why the entry no longer holds"), SOURCE_LENGTH,
        _("With the number of the notice, if there is one"),
    )  # fmt: skip
