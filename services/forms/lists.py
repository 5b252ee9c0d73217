"""The filter of the list of dossiers: names of addresses to a `Choice` and back, and what is asked beside it."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from portal.api.tables import CSV, XLSX
from portal.ui.forms import Checkboxes, NativeDate, Radios, Search, Select, Text
from services.columns import STANDARD
from services.kinds import StepRole
from services.models.lists import FILTER_NAME_LENGTH, PURPOSE_LENGTH
from services.queries.dossiers import TEXT_LIMIT
from services.queries.lists import CLOSED_ONES, ME, NOBODY, OPEN_ONES, Choice, Lateness, Order, Part
from services.states import Stage
from services.wording import CHANNELS
from services.wording_desk import STAGES, STATES
from services.wording_lists import LATENESSES, ORDERS, PARTS, ROLES

Pairs = Iterable[tuple[Any, Any]]
# Names stand in addresses, hence Vietnamese.
ADDRESS = {
    "text": "q",
    "state": "trang_thai",
    "stage": "giai_doan",
    "procedure": "thu_tuc",
    "holder": "nguoi_giu",
    "step": "buoc",
    "lateness": "han",
    "channel": "kenh",
    "part": "vai",
    "unit": "don_vi",
    "received_from": "nop_tu",
    "received_to": "nop_den",
    "due_from": "han_tu",
    "due_to": "han_den",
    "order": "thu_tu",
}
COLUMNS = "cot"
NO_DAY = {"invalid": _("Choose a day, such as 20/11/2026.")}


def _choice(label: Any, pairs: Pairs, *, empty: Any = None) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, widget=Select(), choices=[("", empty or _("All")), *pairs])


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=NativeDate(), error_messages=NO_DAY)


class ListFilter(forms.Form):
    """`people`, `procedures` and `units` are what there is to choose from; a choice from elsewhere is refused."""

    q = forms.CharField(
        label=_("Code, reference or owner"),
        help_text=_("With or without accents"),
        max_length=TEXT_LIMIT,
        required=False,
        widget=Search(),
    )
    trang_thai = _choice(
        _("State"), [(OPEN_ONES, _("All open ones")), (CLOSED_ONES, _("All ended ones")), *STATES.items()]
    )
    giai_doan = _choice(_("Stage"), [(stage, words) for stage, words in STAGES.items() if stage != Stage.NONE])
    han = _choice(_("Lateness"), LATENESSES.items())
    thu_tuc = _choice(_("Procedure"), [])
    nguoi_giu = _choice(_("Held by"), [])
    buoc = _choice(_("Step"), ROLES.items())
    kenh = _choice(_("Channel"), CHANNELS.items())
    vai = _choice(_("Part of the unit"), PARTS.items(), empty=_("Any part"))
    don_vi = _choice(_("Unit"), [])
    nop_tu = _day(_("Filed from"))
    nop_den = _day(_("Filed to"))
    han_tu = _day(_("Due from"))
    han_den = _day(_("Due to"))
    thu_tu = _choice(_("Order"), ORDERS.items(), empty=_("The soonest due first"))
    cot = forms.MultipleChoiceField(label=_("Columns"), required=False, widget=Checkboxes(small=True))

    def __init__(self, data: Any, *, people: Pairs, procedures: Pairs, units: Pairs, columns: Pairs) -> None:
        super().__init__(_single(data))
        offered: dict[str, Pairs] = {
            "nguoi_giu": [(ME, _("Me")), (NOBODY, _("Nobody yet")), *people],
            "thu_tuc": procedures,
            "don_vi": units,
        }
        for name, pairs in offered.items():
            field: Any = self.fields[name]
            field.choices = [("", _("All")), *pairs]
        picked: Any = self.fields[COLUMNS]
        picked.choices = list(columns)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = self.cleaned_data
        for first, last in (("nop_tu", "nop_den"), ("han_tu", "han_den")):
            if said.get(first) and said.get(last) and said[first] > said[last]:
                self.add_error(last, _("The last day lies before the first one."))
        return said

    def choice(self) -> Choice:
        said = {name: self.cleaned_data[address] for name, address in ADDRESS.items()}
        said["unit"] = int(said["unit"]) if said["unit"] else None
        said["order"] = said["order"] or Order.DUE.value
        return Choice(**said)

    def columns(self) -> list[str]:
        return list(self.cleaned_data[COLUMNS])


def _single(data: Any) -> Any:
    """Columns by their own, also where one field names several (`hidden_of`)."""
    if not isinstance(data, QueryDict) or not any("," in value for value in data.getlist(COLUMNS)):
        return data
    told = data.copy()
    told.setlist(COLUMNS, [key for value in data.getlist(COLUMNS) for key in value.split(",") if key])
    return told


def query_of(choice: Choice, columns: Sequence[str] = ()) -> str:
    """The address without its path, always the same for the same choice; the standard columns are not named."""
    untouched = Choice()
    said = [
        (ADDRESS[one.name], _written(getattr(choice, one.name)))
        for one in fields(Choice)
        if getattr(choice, one.name) != getattr(untouched, one.name)
    ]
    if columns and tuple(columns) != STANDARD:
        said += [(COLUMNS, key) for key in columns]
    return urlencode(said)


def _written(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def hidden_of(query: str) -> list[tuple[str, str]]:
    """As fields of a form that leads on. A form has each name once: the columns stand in one field, with commas."""
    said = QueryDict(query)
    return [(name, ",".join(said.getlist(name)) if name == COLUMNS else said[name]) for name in said]


class SaveFilterForm(forms.Form):
    name = forms.CharField(
        label=_("Name of the filter"),
        help_text=_("A name that is there already is changed to this list."),
        max_length=FILTER_NAME_LENGTH,
        widget=Text(),
        error_messages={"required": _("Give the filter a name.")},
    )
    for_unit = forms.ChoiceField(label=_("For whom"), widget=Radios(), required=False)

    def __init__(self, data: Any, *, units: Pairs) -> None:
        """`units` are those for which this person may keep filters."""
        super().__init__(data, initial={"for_unit": ""})
        offered: Any = self.fields["for_unit"]
        offered.choices = [("", _("For me")), *units]
        if len(offered.choices) == 1:
            del self.fields["for_unit"]

    def unit(self) -> int | None:
        said = self.cleaned_data.get("for_unit")
        return int(said) if said else None


class ExportForm(forms.Form):
    """Names of people leave the portal with their purpose, or not at all. Luật 91/2025/QH15"""

    cot = forms.MultipleChoiceField(
        label=_("Columns"), widget=Checkboxes(small=True), error_messages={"required": _("Choose at least one column.")}
    )
    format = forms.ChoiceField(
        label=_("As"),
        widget=Radios(),
        choices=[(XLSX, _("a sheet (XLSX)")), (CSV, _("CSV, for other programs")), ("pdf", _("paper (PDF)"))],
        initial=XLSX,
        error_messages={"required": _("Choose the kind of file.")},
    )
    purpose = forms.CharField(
        label=_("What the list is needed for"),
        help_text=_("Needed where columns name people. It is recorded, and those people can read it."),
        max_length=PURPOSE_LENGTH,
        required=False,
        widget=Text(),
    )

    def __init__(self, data: Any, *, columns: Pairs, picked: Sequence[str], personal: frozenset[str]) -> None:
        super().__init__(data, initial={"cot": list(picked), "format": XLSX})
        self.personal = personal
        offered: Any = self.fields[COLUMNS]
        offered.choices = list(columns)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = self.cleaned_data
        if self.personal & set(said.get(COLUMNS, ())) and not said.get("purpose", "").strip():
            self.add_error(
                "purpose", _("Write what the list is needed for, or leave out the columns that name people.")
            )
        return said


class SheetForm(ExportForm):
    """Of any list: without paper, which each list lays out in its own way."""

    def __init__(self, data: Any, **more: Any) -> None:
        super().__init__(data, **more)
        offered: Any = self.fields["format"]
        offered.choices = [one for one in offered.choices if one[0] in {XLSX, CSV}]


def roles() -> list[str]:
    return [role.value for role in StepRole]


def choices_of(kind: type[Part] | type[Lateness] | type[Order]) -> list[str]:
    return [one.value for one in kind]
