"""Ratings: the items of the slip, the period of a report, and the head's answer."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.ui.forms import Select, TextArea
from services.forms.desk import DeedForm
from services.models.talk import TEXT_LENGTH
from services.petition_rules import items_of

STEPS = [
    ("", _("No answer")),
    ("5", _("5 – Very good")),
    ("4", _("4 – Good")),
    ("3", _("3 – Fair")),
    ("2", _("2 – Poor")),
    ("1", _("1 – Very poor")),
]


def add_items(form: forms.Form, moment: str) -> None:
    """The items of the slip that are asked at this moment; none has to be answered. NĐ 118/2025 Đ.33"""
    for item in items_of(moment):
        form.fields[f"item-{item.key}"] = forms.TypedChoiceField(
            label=item.name,
            choices=STEPS,
            coerce=int,
            empty_value=None,
            required=False,
            widget=Select(),
            error_messages={"invalid_choice": _("Choose one of the entries shown.")},
        )


def answered_items(data: dict[str, Any]) -> dict[str, int]:
    return {key.removeprefix("item-"): value for key, value in data.items() if key.startswith("item-") and value}


class PeriodForm(forms.Form):
    """Names stand in addresses, hence Vietnamese."""

    use_required_attribute = False
    thang = forms.ChoiceField(label=_("Month"), required=False, widget=Select())
    don_vi = forms.ChoiceField(label=_("Unit"), required=False, widget=Select())

    def __init__(self, data: Any, *, months: Sequence[date], units: Iterable[tuple[int, str]]) -> None:
        super().__init__(data)
        known, offered = list(units), self.fields
        chosen: Any = offered["thang"]
        chosen.choices = [(f"{month:%Y-%m}", f"{month:%m/%Y}") for month in months]
        self.initial = {"thang": f"{months[0]:%Y-%m}"}
        places: Any = offered["don_vi"]
        places.choices = [(str(unit), name) for unit, name in known]
        if len(known) == 1:
            del offered["don_vi"]

    def chosen(self, unit: int, month: date) -> tuple[int, date]:
        data = self.cleaned_data
        first = date.fromisoformat(f"{data['thang']}-01") if data.get("thang") else month
        return int(data.get("don_vi") or unit), first


class ReplyForm(DeedForm):
    text = forms.CharField(
        label=_("Your answer"),
        max_length=TEXT_LENGTH,
        help_text=_("What was found, and what is done about it. Whoever holds the receipt reads it: name nobody."),
        widget=TextArea(rows=6, count=True),
        error_messages={
            "required": _("Write the answer."),
            "max_length": _("Shorten it to %(limit_value)d characters"),
        },
    )

    def __init__(self, data: Any, *, revision: int) -> None:
        super().__init__(data, initial={"revision": revision})
