"""What people type about office hours, closures and rules."""

from datetime import date, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.calendar import wording
from portal.calendar.forms import (
    SOURCE_HELP,
    DeedForm,
    Lazy,
    checked_range,
    date_field,
    text_field,
    time_field,
)
from portal.calendar.models import NAME_LENGTH, SOURCE_LENGTH, SettingName

SESSIONS = (("morning_opens", "morning_closes"), ("afternoon_opens", "afternoon_closes"))
SATURDAY = ("saturday_opens", "saturday_closes")
NO_END = _("Leave it empty when no end is known")
SETTINGS: list[tuple[str, Lazy]] = [
    (SettingName.SAME_DAY_CUTOFF.value, _("Until when a same-day dossier is due the same day")),
    (SettingName.SUPPLEMENT_WAIT_DAYS.value, _("Days to wait for a supplement")),
    (SettingName.MAX_EXTENSIONS.value, _("How often a due date may be set anew")),
    (SettingName.LAST_DAY_MOVES.value, _("A last day that is a day off moves to the next working day")),
]


def _source(label: Lazy) -> forms.CharField:
    return text_field(label, _("Enter the number of the decision"), SOURCE_LENGTH, SOURCE_HELP)


class FromDayForm(DeedForm):
    """A deed that holds from a day on, perhaps up to another."""

    first = date_field(_("From"), _("Enter the day from which it holds"))
    until = date_field(_("Until before"), "", NO_END, required=False)

    def clean_first(self) -> date:
        return checked_range(self.cleaned_data["first"])

    def clean_until(self) -> date | None:
        until = self.cleaned_data["until"]
        return checked_range(until) if until else None


class HoursForm(FromDayForm):
    """Cleans to `hours`: the arguments of `set_office_hours` beside first, until and source."""

    morning_opens = time_field(_("Morning from"), _("Enter when the morning begins"))
    morning_closes = time_field(_("Morning to"), _("Enter when the morning ends"))
    afternoon_opens = time_field(_("Afternoon from"), _("Enter when the afternoon begins"))
    afternoon_closes = time_field(_("Afternoon to"), _("Enter when the afternoon ends"))
    saturday_opens = time_field(
        _("Reception on Saturday from"), "", _("Leave it empty without reception"), required=False
    )
    saturday_closes = time_field(
        _("Reception on Saturday to"), "", _("Leave it empty without reception"), required=False
    )
    saturday_counts = forms.BooleanField(
        label=_("Saturday counts as a working day"), help_text=_("Then a limit may end on it"), required=False
    )
    source = _source(_("Decision"))
    field_order = [
        "morning_opens", "morning_closes", "afternoon_opens", "afternoon_closes",
        *SATURDAY, "saturday_counts", "first", "until", "source",
    ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        for opens, closes in (*SESSIONS, SATURDAY):
            if bool(data.get(opens)) != bool(data.get(closes)) and not {opens, closes} & set(self.errors):
                self.add_error(closes if data.get(opens) else opens, _("Enter both times, or neither"))
            elif data.get(opens) and data.get(closes) and data[opens] >= data[closes]:
                self.add_error(closes, _("The session ends before it begins"))
        if not self.errors and data["afternoon_opens"] < data["morning_closes"]:
            self.add_error("afternoon_opens", _("The afternoon begins before the morning ends"))
        return data

    def arguments(self) -> dict[str, Any]:
        data = self.cleaned_data
        saturday = [_pair(data, SATURDAY)] if data["saturday_opens"] else []
        return {
            "sessions": [_pair(data, names) for names in SESSIONS],
            "saturday": saturday,
            "saturday_counts": data["saturday_counts"] and bool(saturday),
            **{name: data[name] for name in ("first", "until", "source")},
        }


def _pair(data: dict[str, Any], names: tuple[str, str]) -> list[str]:
    return [f"{data[name]:%H:%M}" for name in names]


class ClosureForm(DeedForm):
    first_on = date_field(_("First day closed"), _("Enter the first day on which the office is closed"))
    last_on = date_field(_("Last day closed"), _("Enter the last day on which the office is closed"))
    reason = text_field(_("Reason"), _("Enter the reason"), NAME_LENGTH, _("For example: storm, power cut"))
    source = _source(_("Decision"))

    def clean_first_on(self) -> date:
        return checked_range(self.cleaned_data["first_on"])

    def clean_last_on(self) -> date:
        return checked_range(self.cleaned_data["last_on"])


class SettingForm(FromDayForm):
    name = forms.ChoiceField(
        label=_("Rule"),
        choices=SETTINGS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a rule"), "invalid_choice": _("Choose a rule")},
    )
    value = text_field(
        _("Value"), _("Enter the value"), 60, _("A time such as 15:00, a number, or yes or no, as the rule needs it")
    )
    source = _source(_("Legal basis"))
    field_order = ["name", "value", "first", "until", "source"]

    def clean_value(self) -> str:
        """Answers of the reader's language become what the rule is kept as."""
        text: str = self.cleaned_data["value"].strip()
        return {str(_("yes")): "yes", str(_("no")): "no"}.get(text.lower(), text)

    def clean_name(self) -> SettingName:
        return SettingName(self.cleaned_data["name"])

    def shown(self, name: str) -> str:
        return str(dict(SETTINGS)[self.cleaned_data["name"].value]) if name == "name" else super().shown(name)


def setting_value(name: str, value: str) -> str:
    """As people read it."""
    if name == SettingName.LAST_DAY_MOVES:
        return str(_("yes")) if value == "yes" else str(_("no"))
    return wording.clock(time.fromisoformat(value)) if name == SettingName.SAME_DAY_CUTOFF else value
