"""What the head of an organ decides about numbers, as it is typed: an abbreviation, or which series a type runs in."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.catalogue import document_types, series, usual_abbreviations
from documents.models.registers import DECISION_LENGTH
from documents.operations.numbering_rules import ABBREVIATION_LENGTH
from documents.registers.states import BookKind
from portal.ui.forms import NativeDate, Radios, Select, Text

OWN, GENERAL = "own", "general"


def divisions(on: date) -> list[tuple[str, str]]:
    """The organ itself first, then what is usual within it."""
    return [(row.code, row.name) for row in sorted(usual_abbreviations(on), key=lambda row: bool(row.code))]


def types_of_general_series(on: date) -> list[tuple[str, str]]:
    """Those to which the law has not given a series already."""
    taken = {row.code for row in series(BookKind.OUTGOING, on)}
    return [(kind.code, kind.name) for kind in document_types(on) if not kind.series and kind.code not in taken]


class _Decided(forms.Form):
    first_day = forms.DateField(
        label=_("Holds from"),
        widget=NativeDate(),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={"required": _("Enter the first day"), "invalid": _("Enter a date such as 20/11/2026")},
    )
    decision_no = forms.CharField(
        label=_("Number of the decision"),
        max_length=DECISION_LENGTH,
        widget=Text(width=20),
        error_messages={
            "required": _("Enter the number of the decision"),
            "max_length": _("Shorten it to %(limit_value)d characters"),
        },
    )
    decision_on = forms.DateField(
        label=_("Day of the decision"),
        widget=NativeDate(),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={
            "required": _("Enter the day of the decision"),
            "invalid": _("Enter a date such as 20/11/2026"),
        },
    )

    def decided(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("first_day", "decision_no", "decision_on")}


class AbbreviationForm(_Decided):
    division = forms.ChoiceField(label=_("Whose abbreviation"), required=False, widget=Select())
    abbreviation = forms.CharField(
        label=_("Abbreviation"),
        max_length=ABBREVIATION_LENGTH,
        help_text=_("Capital letters and digits, for example UBND"),
        widget=Text(width=10),
        error_messages={
            "required": _("Enter the abbreviation"),
            "max_length": _("Shorten it to %(limit_value)d characters"),
        },
    )
    field_order = ["division", "abbreviation", "first_day", "decision_no", "decision_on"]

    def __init__(self, data: Any, on: date) -> None:
        super().__init__(data)
        chosen: Any = self.fields["division"]
        chosen.choices = divisions(on)

    def arguments(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"division": data["division"], "abbreviation": data["abbreviation"], **self.decided()}


class SeriesForm(_Decided):
    type_code = forms.ChoiceField(
        label=_("Type of document"),
        widget=Select(),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose a type")),
    )
    series = forms.ChoiceField(
        label=_("How it is numbered"),
        choices=[(OWN, _("In a series of its own, from 01")), (GENERAL, _("In the general series"))],
        widget=Radios(),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose how it is numbered")),
    )
    field_order = ["type_code", "series", "first_day", "decision_no", "decision_on"]

    def __init__(self, data: Any, on: date) -> None:
        super().__init__(data)
        chosen: Any = self.fields["type_code"]
        chosen.choices = types_of_general_series(on)

    def arguments(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"type_code": data["type_code"], "apart": data["series"] == OWN, **self.decided()}
