"""What visitors may ask. All by GET, so that every answer has an address; what was typed is always shown again."""

from datetime import date
from typing import Any, Self

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.ui.forms import NativeDate, Search, Text
from portal.ui.wording import day as day_in_words
from units.country import data_from
from units.queries import TEXT_LIMIT
from units.sorting import search_key

DAY = "ngay"
LATEST = date(9999, 12, 30)


class DayField(forms.DateField):
    """A day between the first of the data and the end of time, written as date inputs or as people do."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            input_formats=["%Y-%m-%d", "%d/%m/%Y"],
            error_messages={
                "invalid": _("Enter a day that exists, for example 22/11/2026."),
                "required": _("Enter a day, for example 22/11/2026."),
            },
            **kwargs,
        )

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        if day is not None and day < data_from():
            sentence = _("The data begin on %(day)s. Enter that day or a later one.")
            raise forms.ValidationError(sentence, code="before", params={"day": day_in_words(data_from())})
        if day is not None and day > LATEST:
            raise forms.ValidationError(_("Enter an earlier day."), code="late")
        return day


class TypedForm(forms.Form):
    """Shows wrong days as they were typed: a date input would show nothing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.errors if self.is_bound else ():
            widget = self.fields[name].widget
            if isinstance(widget, NativeDate):
                widget.input_type = "text"
        days = {name: value.isoformat() for name, value in self._cleaned().items() if isinstance(value, date)}
        if days:  # a date input knows one way of writing only
            self.data = {**self.data, **days}

    def _cleaned(self) -> dict[str, Any]:
        return self.cleaned_data if self.is_bound else {}


class DayForm(TypedForm):
    ngay = DayField(label=_("See the units as of"), widget=NativeDate)

    @classmethod
    def asked(cls, query: QueryDict) -> Self:
        """Today when nobody asked for a day."""
        return cls({DAY: query.get(DAY, timezone.localdate().isoformat())})

    @property
    def day(self) -> date:
        """The day asked for, or today in place of one that can't be used."""
        chosen: date | None = self.cleaned_data.get(DAY) if self.is_valid() else None
        return chosen or timezone.localdate()


class ActDayForm(DayForm):
    ngay = DayField(label=_("Day on which acts take effect"), widget=NativeDate)


def readable(text: str) -> str:
    """Search text that has something to search for. Raises ValidationError."""
    if len(text) > TEXT_LIMIT:
        sentence = _("Enter at most %(limit)d characters; these were %(length)d.")
        raise forms.ValidationError(sentence, code="long", params={"limit": TEXT_LIMIT, "length": len(text)})
    if not search_key(text):
        raise forms.ValidationError(_("Enter at least one letter or digit of the name."), code="empty")
    return text


class NameField(forms.CharField):
    """A name or part of one. Its length is checked here and not by the input, which would cut pasted text unseen."""

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        return readable(text) if text else text


class SearchForm(forms.Form):
    q = NameField(
        label=_("Name or code of a unit, old or new"),
        help_text=_("Accents may be left out. Add where it lies after a comma: Truc Bach, Ba Dinh."),
        error_messages={"required": _("Enter the name or the code that you are looking for.")},
        widget=Search,
    )


class OldAddressForm(forms.Form):
    xa = NameField(
        label=_("Old name of the commune, ward or town"),
        help_text=_("As on papers from before 1 July 2025. Accents may be left out."),
        error_messages={"required": _("Enter the old name of the commune.")},
        widget=Search,
    )
    huyen = NameField(label=_("Old district"), required=False, widget=Text(width=20))
    tinh = NameField(label=_("Old province or city"), required=False, widget=Text(width=20))

    def address(self) -> dict[str, str]:
        """Commune, district and province; a whole address typed into the first box is taken apart at its commas."""
        typed = self.cleaned_data
        parts = [part.strip() for part in typed["xa"].split(",") if search_key(part)] or [typed["xa"]]
        district, province = typed["huyen"], typed["tinh"]
        if len(parts) > 2:
            province = province or parts[-1]
        if len(parts) > 1:
            district = district or parts[-2 if len(parts) > 2 else 1]
        return {"commune": parts[0] if len(parts) < 4 else parts[-3], "district": district, "province": province}


class CompareForm(TypedForm):
    tu = DayField(label=_("From"), widget=NativeDate)
    den = DayField(label=_("To"), widget=NativeDate)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("tu"), cleaned.get("den")
        if first and last and last <= first:
            self.add_error("den", _("Enter a day after the first one."))
        return cleaned
