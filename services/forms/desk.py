"""What the desk types: filters of the queue, the list of papers, and each deed's reasons."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.ui.forms import Checkbox, Number, Radios, Select, Text, TextArea
from services.models import Component, Problem, Proof
from services.operations.checklist import Checked
from services.operations.supplements import Missing
from services.queries.dossiers import TEXT_LIMIT
from services.reasons import in_writing, refusal_reasons
from services.states import State
from services.wording_desk import STATES

COUNT = 99
NOTE, REASON, GROUND, ITEM, RECEIVER, MESSAGE = 500, 2000, 300, 1000, 200, 2000
QUEUE_STATES = (State.SUBMITTED, State.SUPPLEMENT, State.ACCEPTED, State.PROCESSING, State.PAYMENT, State.DECIDED)
ASKED = "NĐ 118/2025 Đ.16.3, Đ.17.2a"


def _text(label: Any, limit: int, *, missing: Any = "", help_text: Any = "", rows: int = 0) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=limit,
        required=bool(missing),
        help_text=help_text,
        widget=TextArea(rows=rows, count=True) if rows else Text(),
        error_messages={"required": missing, "max_length": _("Shorten it to %(limit_value)d characters")},
    )


class QueueFilter(forms.Form):
    """Names stand in addresses, hence Vietnamese."""

    q = _text(_("Code, reference or owner"), TEXT_LIMIT, help_text=_("With or without accents"))
    trang_thai = forms.ChoiceField(label=_("State"), required=False, widget=Select())
    thu_tuc = forms.ChoiceField(label=_("Procedure"), required=False, widget=Select())
    tre = forms.BooleanField(label=_("Only overdue"), required=False, widget=Checkbox())

    def __init__(self, data: Any, procedures: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        states: Any = self.fields["trang_thai"]
        states.choices = [("", _("What waits for the desk")), *((one.value, STATES[one]) for one in QUEUE_STATES)]
        chosen: Any = self.fields["thu_tuc"]
        chosen.choices = [("", _("All")), *procedures]


class PaperForm(forms.Form):
    """One line of the list of papers; all lines are sent together."""

    proof = forms.ChoiceField(label=_("How it is proven"), widget=Select())
    originals = forms.IntegerField(label=_("Originals"), min_value=0, max_value=COUNT, widget=Number(width=2))
    certified = forms.IntegerField(label=_("Certified copies"), min_value=0, max_value=COUNT, widget=Number(width=2))
    copies = forms.IntegerField(label=_("Plain copies"), min_value=0, max_value=COUNT, widget=Number(width=2))
    note = _text(_("Note"), NOTE)

    def __init__(self, data: Any, row: Component) -> None:
        self.row = row
        looked_at = row.checked_at is not None
        counted = {"originals": row.originals, "certified": row.certified, "copies": row.copies}
        attached = not looked_at and row.proof == Proof.ATTACHED
        initial = {"proof": row.proof, "note": row.note, **counted} | ({"copies": 1} if attached else {})
        super().__init__(data, prefix=row.key, initial=initial)
        offered: Any = self.fields["proof"]
        offered.choices = [(one.value, one.label) for one in Proof if one is not Proof.DATA or row.source]
        for name in ("originals", "certified", "copies"):
            self.fields[name].error_messages |= dict.fromkeys(
                ("required", "invalid", "min_value", "max_value"), _("Enter a number from 0 to 99")
            )

    @property
    def counted(self) -> list[forms.BoundField]:
        return [self[name] for name in ("originals", "certified", "copies")]

    def checked(self) -> Checked:
        data = self.cleaned_data
        counts = (data["originals"], data["certified"], data["copies"])
        return Checked(self.row.key, Proof(data["proof"]), counts, data["note"])


class DeedForm(forms.Form):
    """`revision` is what the officer looked at: a deed on an older page is refused, and nothing typed is lost."""

    revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput())


class AcceptForm(DeedForm):
    limit_case = forms.ChoiceField(label=_("Time limit"), required=False, widget=Radios())

    def __init__(self, data: Any, *, cases: Sequence[tuple[str, str]], revision: int) -> None:
        super().__init__(data, initial={"revision": revision, "limit_case": ""})
        chosen: Any = self.fields["limit_case"]
        chosen.choices = cases
        if len(cases) < 2:
            del self.fields["limit_case"]


class RefuseForm(DeedForm):
    why = forms.ChoiceField(
        label=_("Why it is not received"),
        widget=Radios(),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose why it is not received")),
    )
    text = _text(
        _("In words, for the filer"),
        REASON - 300,
        missing=_("Write what the reason is, so that the filer understands"),
        rows=4,
    )
    ground = _text(_("Legal ground"), GROUND, help_text=_("Leave it empty to take the ground of the reason above"))

    def __init__(self, data: Any, *, revision: int) -> None:
        super().__init__(data, initial={"revision": revision})
        chosen: Any = self.fields["why"]
        chosen.choices = [(one.key, one.text) for one in refusal_reasons().values()]

    def arguments(self) -> dict[str, str]:
        """Of `refuse`."""
        data = self.cleaned_data
        return in_writing(why=data["why"], text=data["text"], ground=data["ground"])


class SupplementForm(DeedForm):
    reason = _text(_("Reason"), REASON, missing=_("Write why it is needed"), rows=3)
    ground = _text(_("Legal ground"), GROUND, missing=_("Enter the legal ground"))
    approve = forms.BooleanField(
        label=_("I approve a further request as the head"), required=False, widget=Checkbox()
    )  # only where it is offered

    def __init__(self, data: Any, *, revision: int, may_approve: bool) -> None:
        super().__init__(data, initial={"revision": revision, "ground": ASKED})
        if not may_approve:
            del self.fields["approve"]


class ItemForm(forms.Form):
    """One thing that may be asked for: a paper, or an answer. Left empty, it is not asked for."""

    problem = forms.ChoiceField(label=_("What is wrong"), required=False, widget=Select())
    text = _text(_("What the filer has to do"), ITEM)
    originals = forms.IntegerField(
        label=_("Originals"), required=False, min_value=0, max_value=COUNT, widget=Number(width=2)
    )
    certified = forms.IntegerField(
        label=_("Certified copies"), required=False, min_value=0, max_value=COUNT, widget=Number(width=2)
    )
    copies = forms.IntegerField(
        label=_("Plain copies"), required=False, min_value=0, max_value=COUNT, widget=Number(width=2)
    )

    def __init__(self, data: Any, *, name: str, prefix: str, component: str = "", pointer: str = "") -> None:
        super().__init__(data, prefix=prefix)
        self.name, self.component, self.pointer = name, component, pointer
        offered: Any = self.fields["problem"]
        offered.choices = [("", _("not asked for")), *Problem.choices]
        if pointer:
            for counted in ("originals", "certified", "copies"):
                del self.fields[counted]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("problem") and not data.get("text"):
            self.add_error("text", _("Write what the filer has to do"))
        if data.get("text") and not data.get("problem"):
            self.add_error("problem", _("Choose what is wrong"))
        return data

    @property
    def is_begun(self) -> bool:
        """Whether anything was typed into it: then it is shown open."""
        return self.is_bound and any(self[name].data for name in self.fields)

    @property
    def is_asked(self) -> bool:
        return bool(self.cleaned_data.get("problem"))

    def missing(self) -> Missing:
        data = self.cleaned_data
        counted = {name: data.get(name) or 0 for name in ("originals", "certified", "copies")}
        return Missing(
            Problem(data["problem"]), data["text"], component=self.component, pointer=self.pointer, **counted
        )


class RerouteForm(DeedForm):
    unit = forms.TypedChoiceField(
        label=_("Competent organ"),
        coerce=int,
        widget=Radios(),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Search for the organ and choose it")),
    )
    ground = _text(_("Reason and legal ground"), GROUND, missing=_("Write why another organ is competent"))

    def __init__(self, data: Any, *, units: Iterable[tuple[int, str]], revision: int) -> None:
        super().__init__(data, initial={"revision": revision, "ground": ""})
        chosen: Any = self.fields["unit"]
        chosen.choices = list(units)


class HandOutForm(DeedForm):
    receiver = _text(
        _("Who received it"),
        RECEIVER,
        missing=_("Enter the name of the person who received it"),
        help_text=_("Check the receipt or the identity card; somebody who was sent shows the authorisation"),
    )

    def __init__(self, data: Any, *, revision: int, receiver: str) -> None:
        super().__init__(data, initial={"revision": revision, "receiver": receiver})


class WordsForm(forms.Form):
    """A message to the filer, or a note for colleagues."""

    text = _text(_("Text"), MESSAGE, missing=_("Write something first"), rows=3)

    def __init__(self, data: Any, *, label: Any, prefix: str) -> None:
        super().__init__(data, prefix=prefix)
        self.fields["text"].label = label
