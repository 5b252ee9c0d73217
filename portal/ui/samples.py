"""Invented content of the catalogue of components, from data/samples.json. Nobody and nothing in there exists."""

import datetime
import json
from functools import cache
from pathlib import Path
from typing import Any

from django import forms
from django.core.paginator import Paginator

from portal.calendar import Level, Remaining
from portal.ui import forms as ui
from portal.ui.wording import deadline


@cache
def samples() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((Path(__file__).parent / "data" / "samples.json").read_text(encoding="utf-8"))
    return found


def _field(name: str) -> dict[str, Any]:
    """Label, hint, choices and error sentences of one field, as its arguments."""
    words = dict(samples()["fields"][name])
    words.pop("hints", None)
    if sentence := words.pop("required", ""):
        return words | {"error_messages": {"required": sentence}}
    return words | {"required": False}


class SampleForm(forms.Form):
    """One of each widget."""

    name = forms.CharField(max_length=100, widget=ui.Text(), **_field("name"))
    number = forms.CharField(max_length=12, widget=ui.Number(width=20), **_field("number"))
    born_on = ui.DateBoxesField(**_field("born_on"))
    sex = forms.ChoiceField(widget=ui.Radios(inline=True), **_field("sex"))
    delivery = forms.ChoiceField(widget=ui.Radios(hints=samples()["fields"]["delivery"]["hints"]), **_field("delivery"))
    extras = forms.MultipleChoiceField(widget=ui.Checkboxes(), **_field("extras"))
    group = forms.ChoiceField(widget=ui.Select(), **_field("group"))
    visit_on = forms.DateField(widget=ui.NativeDate(), **_field("visit_on"))
    note = forms.CharField(max_length=200, widget=ui.TextArea(count=True), **_field("note"))
    paper = forms.FileField(widget=ui.Upload(accept=".pdf,image/*"), **_field("paper"))
    search = forms.CharField(max_length=200, widget=ui.Search(), **_field("search"))
    password = forms.CharField(max_length=200, widget=ui.Password(), **_field("password"))
    confirmed = forms.BooleanField(widget=ui.Checkbox(), **_field("confirmed"))


WRONG = {"born_on_0": "31", "born_on_1": "2", "born_on_2": "2026", "note": "x" * 210}


def form(state: str) -> forms.Form:
    """`empty`, `filled` or `error`."""
    data: dict[str, dict[str, Any]] = {"filled": samples()["filled"], "error": WRONG}
    return SampleForm(data.get(state))


def _table() -> dict[str, Any]:
    names = samples()["columns"]
    left = [
        Remaining(Level.LATE, days=1),
        Remaining(Level.TODAY, rest=datetime.timedelta(hours=2)),
        Remaining(Level.TODAY, rest=datetime.timedelta(hours=2, minutes=10)),
        Remaining(Level.SOON, days=1),
        Remaining(Level.LATER, days=3),
    ]
    rows = []
    for number, (person, time_left) in enumerate(zip(samples()["people"] * 4, left * 4, strict=True), start=1):
        due = deadline(time_left)
        texts = [f"H38.20.15-261113-{number:04}", person, samples()["procedure"], samples()["step"], due.words]
        cells: list[dict[str, Any]] = [{"text": text, "label": name} for text, name in zip(texts, names, strict=True)]
        cells[0]["url"] = "#ban-mau"
        cells[4]["colour"] = due.colour
        rows.append(cells)
    heads = [{"text": name} for name in names]
    heads[4] |= {"sorted": "ascending", "url": "?sap-xep=han"}
    return {"heads": heads, "rows": rows}


def content() -> dict[str, Any]:
    events = [event | {"at": datetime.datetime.fromisoformat(event["at"])} for event in samples()["events"]]
    return samples() | {
        "events": events,
        "deadlines": [
            deadline(Remaining(Level.LATE, days=1)),
            deadline(Remaining(Level.TODAY, rest=datetime.timedelta(hours=2, minutes=10))),
            deadline(Remaining(Level.SOON, days=1, rest=datetime.timedelta(hours=5))),
            deadline(Remaining(Level.LATER, days=3)),
            deadline(Remaining(Level.PAUSED)),
        ],
        "page_obj": Paginator(range(500), 25).page(7),
        "table": _table(),
    }
