"""What the pages of figures are asked for. Names stand in addresses, hence Vietnamese."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.dashboards import periods
from portal.dashboards.indicators.catalogue import OF_PROCEDURES, indicators
from portal.dashboards.periods import NoPeriod, Period
from portal.dashboards.states import Cause, Measure, PetitionMeasure, Role
from portal.dashboards.wording import CAUSES, MEASURES, PETITIONS, ROLES
from portal.ui.forms import Checkbox, Select, Text
from services.models.catalogue import CODE

Choices = Sequence[tuple[str, str]]


class FigureFilter(forms.Form):
    """Everything empty: the person's own unit, this month, what was decided there."""

    don_vi = forms.TypedChoiceField(label=_("Unit"), required=False, coerce=int, empty_value=None, widget=Select())
    ky = forms.CharField(label=_("Period"), required=False, max_length=7, widget=Select())
    phan = forms.ChoiceField(
        label=_("The unit's part"),
        required=False,
        choices=[(role.value, words) for role, words in ROLES.items()],
        widget=Select(),
    )
    thu_tuc = forms.RegexField(
        regex=CODE,
        label=_("Code of a procedure"),
        required=False,
        max_length=8,
        widget=Text(width=10),
        error_messages={"invalid": _("Write the code as 1.001193, or leave it empty")},
    )

    def __init__(self, data: Any, *, units: Choices, on: date) -> None:
        super().__init__(data)
        chosen: Any = self.fields["don_vi"]
        chosen.choices = [("", ""), *units] if not units else list(units)
        offered = periods.choices(on)
        asked = data.get("ky", "")
        try:
            period = Period.of(asked)
        except NoPeriod:
            period = None
        if period and period.code not in dict(offered):
            offered.append((period.code, period.name))
        self.fields["ky"].widget.choices = offered

    def clean_ky(self) -> Period | None:
        text = str(self.cleaned_data["ky"])
        if not text:
            return None
        try:
            return Period.of(text)
        except NoPeriod:
            raise forms.ValidationError(_("Choose one of the periods")) from None

    def clean_phan(self) -> Role:
        return Role(self.cleaned_data["phan"] or Role.COMPETENT)


class OwnFilter(FigureFilter):
    """An officer's own: no unit, no part."""

    field_order = ("ky", "thu_tuc")

    def __init__(self, data: Any, *, units: Choices, on: date) -> None:
        super().__init__(data, units=units, on=on)
        del self.fields["don_vi"], self.fields["phan"]


class ListFilter(FigureFilter):
    """Which list."""

    chi_so = forms.ChoiceField(
        label=_("Measure"),
        required=False,
        choices=[(one.value, words) for one, words in MEASURES.items()],
        widget=Select(),
    )
    thieu = forms.BooleanField(label=_("Those that are not counted in it"), required=False, widget=Checkbox())
    nguyen_nhan = forms.ChoiceField(
        label=_("Where the time went"),
        required=False,
        choices=[("", _("All")), *((cause.value, words) for cause, words in CAUSES.items())],
        widget=Select(),
    )
    can_bo = forms.UUIDField(required=False, widget=forms.HiddenInput())

    def clean_chi_so(self) -> Measure:
        return Measure(self.cleaned_data["chi_so"] or Measure.OVERDUE)

    def clean_nguyen_nhan(self) -> Cause | None:
        text = self.cleaned_data["nguyen_nhan"]
        return Cause(text) if text else None


class PetitionFilter(FigureFilter):
    """Which list of petitions; they have one unit, and no procedure that is asked for."""

    chi_so = forms.ChoiceField(
        label=_("Measure"),
        required=False,
        choices=[(one.value, words) for one, words in PETITIONS.items()],
        widget=Select(),
    )
    thieu = forms.BooleanField(label=_("Those that are not counted in it"), required=False, widget=Checkbox())

    def __init__(self, data: Any, *, units: Choices, on: date) -> None:
        super().__init__(data, units=units, on=on)
        del self.fields["phan"], self.fields["thu_tuc"]

    def clean_chi_so(self) -> PetitionMeasure:
        return PetitionMeasure(self.cleaned_data["chi_so"] or PetitionMeasure.FILED)


class ProcedureFilter(FigureFilter):
    """Of which indicator the procedures are listed."""

    chi_so = forms.ChoiceField(label=_("Indicator"), required=False, widget=Select())
    thieu = forms.BooleanField(label=_("Those that are not counted in it"), required=False, widget=Checkbox())

    def __init__(self, data: Any, *, units: Choices, on: date) -> None:
        super().__init__(data, units=units, on=on)
        del self.fields["thu_tuc"]
        chosen: Any = self.fields["chi_so"]
        chosen.choices = [(one.id, f"{one.id} {one.name}") for one in indicators() if one.id in OF_PROCEDURES]


class LateFilter(ListFilter):
    """Only what is late, or will be."""

    KINDS = (Measure.OVERDUE, Measure.DUE_SOON, Measure.LATE)

    def __init__(self, data: Any, *, units: Choices, on: date) -> None:
        super().__init__(data, units=units, on=on)
        del self.fields["thieu"]
        chosen: Any = self.fields["chi_so"]
        chosen.choices = [(one.value, MEASURES[one]) for one in self.KINDS]
