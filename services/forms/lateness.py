"""What is written about later dates, real moments and corrections."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.ui.forms import NativeDate, Radios, Select, Text, TextArea, Upload
from services.forms.desk import DeedForm
from services.models.corrections import TEXT_LENGTH
from services.models.lateness import GROUND_LENGTH, PROOF_LENGTH, REASON_LENGTH
from services.queries.dossiers import TEXT_LIMIT
from services.queries.lateness import EXTENSION_GROUND, Apology, Kind

SHORTEN = _("Shorten it to %(limit_value)d characters")
KINDS = (
    (Kind.LATE, _("Overdue")),  # the first is what an empty filter shows
    (Kind.SOON, _("Soon due")),
    (Kind.DECIDED_LATE, _("Decided late")),
    (Kind.RETURNED_LATE, _("Handed out late")),
    (Kind.CORRECTED_LATE, _("Corrected late")),
)
APOLOGIES = (
    ("", _("All")),
    (Apology.NONE, _("Without apology")),
    (Apology.LATE, _("Apology came late")),
    (Apology.IN_TIME, _("Apology in time")),
)


def words(label: Any, missing: Any, *, longest: int, help_text: Any = "", rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=longest,
        widget=TextArea(rows=rows, count=True),
        error_messages={"required": missing, "max_length": SHORTEN},
    )


def date_field(label: Any, missing: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=_("Day, month, year, for example 20/11/2026"),
        widget=NativeDate(),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={"required": missing, "invalid": _("Enter a date such as 20/11/2026")},
    )


def time_field(label: Any, missing: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        help_text=_("For example 10:00"),
        widget=Text(width=5),
        input_formats=["%H:%M", "%Hh%M", "%H.%M"],
        error_messages={"required": missing, "invalid": _("Enter a time such as 10:00")},
    )


class ExtendForm(forms.Form):
    new_due_on = date_field(_("New day"), _("Enter the new day"))
    reason = words(
        _("Why it takes longer"),
        _("Write why it takes longer"),
        longest=REASON_LENGTH,
        help_text=_("The citizen reads this sentence in the apology."),
    )
    ground = forms.CharField(
        label=_("Legal ground"),
        max_length=GROUND_LENGTH,
        initial=EXTENSION_GROUND,
        widget=Text(),
        error_messages={"required": _("Enter the legal ground"), "max_length": SHORTEN},
    )


class ApproveForm(DeedForm):
    def __init__(self, data: Any, *, revision: int) -> None:
        super().__init__(data, initial={"revision": revision})


class DeclineForm(DeedForm):
    """On a page with another form, hence a prefix."""

    reason = words(_("Why not"), _("Write why not"), longest=REASON_LENGTH, rows=3)

    def __init__(self, data: Any, *, revision: int) -> None:
        super().__init__(data, prefix="khong", initial={"revision": revision})


class LateFilter(forms.Form):
    """Names stand in addresses, hence Vietnamese."""

    muc = forms.ChoiceField(label=_("Part"), required=False, widget=Select(), choices=KINDS)
    xin_loi = forms.ChoiceField(label=_("Apology"), required=False, widget=Select(), choices=APOLOGIES)
    don_vi = forms.TypedChoiceField(label=_("Unit"), required=False, coerce=int, empty_value=None, widget=Select())
    can_bo = forms.ChoiceField(label=_("Officer who held it"), required=False, widget=Select())
    q = forms.CharField(
        label=_("Code, reference or owner"),
        max_length=TEXT_LIMIT,
        required=False,
        widget=Text(),
        error_messages={"max_length": SHORTEN},
    )

    def __init__(self, data: Any, *, units: Sequence[tuple[int, str]], officers: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        shown: Any = self.fields["don_vi"]
        shown.choices = [("", _("All")), *units]
        people: Any = self.fields["can_bo"]
        people.choices = [("", _("All")), *officers]


class RealMomentForm(DeedForm):
    """When something was really handed over, although it was clicked later."""

    what = forms.ChoiceField(
        label=_("What was handed over earlier than it was clicked"),
        widget=Radios(),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose what it was")),
    )
    day = date_field(_("Day on which it really happened"), _("Enter the day"))
    time = time_field(_("Time at which it really happened"), _("Enter the time"))
    reason = words(_("Why it was clicked later"), _("Write why it was clicked later"), longest=REASON_LENGTH, rows=3)
    proof = words(
        _("Proof"),
        _("Write what proves the real moment"),
        longest=PROOF_LENGTH,
        help_text=_("For example the signed hand-over slip with its number, or the entry in the paper book."),
        rows=2,
    )

    file = forms.FileField(
        label=_("A photo or PDF of the proof"),
        required=False,
        widget=Upload(accept=".pdf,image/*"),
        max_length=1000,  # the store says more about names
    )

    def __init__(self, data: Any, files: Any, *, choices: Sequence[tuple[str, str]], revision: int) -> None:
        super().__init__(data, files, initial={"revision": revision})
        offered: Any = self.fields["what"]
        offered.choices = choices


class WrongResultForm(DeedForm):
    wrong = words(
        _("What is wrong, and how is it right?"),
        _("Write what is wrong in the result"),
        longest=TEXT_LENGTH,
        help_text=_("For example: the mother was born in 1998, not in 1989."),
    )

    def __init__(self, data: Any, *, revision: int) -> None:
        super().__init__(data, initial={"revision": revision})
