"""What a register clerk types. Names of filters stand in addresses, hence Vietnamese."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.operations.registers import EntryRow
from documents.queries.registers import TEXT_LIMIT
from documents.registers.columns import KIND_NAMES
from documents.registers.rows import LENGTHS
from documents.registers.states import DAYS, REMARKS, BookKind, Column
from portal.ui.forms import NativeDate, Number, Select, Text, TextArea

HIGHEST = 2_000_000_000  # PostgreSQL's integer holds it
FIRST_YEAR, LAST_YEAR = 2025, 2100
REASON_LENGTH = 500
REMARK_LENGTH = 300
COLUMN_WORDS = {
    Column.MOVED: _("Day handed over"),
    Column.RECEIPT: _("Signature for receipt"),
    Column.HANDLER: _("Unit or person who receives it"),
    Column.DUE: _("Time limit of settlement"),
    Column.PROGRESS: _("Progress of settlement"),
    Column.ANSWER: _("Number, notation of the answer"),
    Column.RETURNED: _("Day of return"),
    Column.NOTE: _("Notes"),
}


def _day(label: Any, *, missing: Any = "", required: bool = False, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=NativeDate(),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={"required": missing, "invalid": _("Enter a date such as 20/11/2026")},
    )


def _text(label: Any, limit: int, *, missing: Any = "", help_text: Any = "", rows: int = 0) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=limit,
        required=bool(missing),
        help_text=help_text,
        widget=TextArea(rows=rows, count=True) if rows else Text(),
        error_messages={"required": missing, "max_length": _("Shorten it to %(limit_value)d characters")},
    )


class BookFilter(forms.Form):
    """Which books: of a year, of a kind."""

    nam = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int, empty_value=None, widget=Select())
    loai = forms.ChoiceField(
        label=_("Kind of book"), required=False, widget=Select(), choices=[("", _("All")), *KIND_NAMES.items()]
    )

    def __init__(self, data: Any, years: list[int]) -> None:
        super().__init__(data)
        chosen: Any = self.fields["nam"]
        chosen.choices = [("", _("All")), *((year, str(year)) for year in years)]


class EntryFilter(forms.Form):
    """Which lines of a book."""

    so = forms.IntegerField(
        label=_("Number"),
        required=False,
        min_value=1,
        max_value=HIGHEST,
        localize=False,
        widget=Number(width=5),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _("Enter a whole number such as 15")),
    )
    q = _text(_("Words"), TEXT_LIMIT, help_text=_("With or without accents"))
    tu = _day(_("From"))
    den = _day(_("To"))

    def chosen(self) -> dict[str, Any]:
        """The arguments of `entries_of`."""
        data = self.cleaned_data
        return {"number": data["so"], "text": data["q"], "first": data["tu"], "last": data["den"]}

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("tu") and data.get("den") and data["den"] < data["tu"]:
            self.add_error("den", _("The last day lies before the first one"))
        return data


class VoidForm(forms.Form):
    reason = _text(_("Reason"), REASON_LENGTH, missing=_("Enter why the number is void"), rows=3)


class IncomingForm(forms.Form):
    """An incoming document, as the stamp and the register want it."""

    arrived_on = _day(_("Arrived on"), missing=_("Enter the day on which it arrived"), required=True)
    author = _text(_("Author"), LENGTHS["author"], missing=_("Enter the organ that issued the document"))
    reference = _text(
        _("Number, notation of the document"), LENGTHS["reference"], help_text=_("As it stands on the document")
    )
    reference_on = _day(_("Day, month, year of the document"))
    subject = _text(
        _("Type and subject line of the document"), LENGTHS["subject"], missing=_("Enter type and subject line"), rows=3
    )
    recipients = _text(_("Unit or person who receives it"), LENGTHS["keeper"])
    note = _text(_("Notes"), LENGTHS["note"])

    def row(self) -> EntryRow:
        data = {name: value for name, value in self.cleaned_data.items() if name != "arrived_on"}
        return EntryRow(**data)

    @property
    def arrived(self) -> date:
        arrived: date = self.cleaned_data["arrived_on"]
        return arrived


class RemarkForm(forms.Form):
    """What became known later: a day for columns of days, words for the others."""

    column = forms.ChoiceField(
        label=_("Column"),
        widget=Select(),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose a column")),
    )
    on = _day(_("Day"), help_text=_("For the days of handing over, of the time limit and of return"))
    text = _text(_("Words"), REMARK_LENGTH, help_text=_("For example who received it"))

    def __init__(self, data: Any, kind: BookKind) -> None:
        super().__init__(data)
        chosen: Any = self.fields["column"]
        chosen.choices = [(column.value, COLUMN_WORDS[column]) for column in REMARKS[kind]]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if "column" in data and not self.errors:
            if Column(data["column"]) in DAYS:
                if not data["on"]:
                    self.add_error("on", _("Enter the day"))
            elif not data["text"]:
                self.add_error("text", _("Enter the words of this column"))
        return data

    def arguments(self) -> dict[str, Any]:
        column = Column(self.cleaned_data["column"])
        on = self.cleaned_data["on"] if column in DAYS else None
        return {"column": column, "on": on, "text": self.cleaned_data["text"]}
