import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.ui.forms.widgets import DateBoxes


def one_of_these(*fields: Any) -> None:
    """One of the fields has to be filled in, so that none of them is called optional. Their form checks it."""
    for field in fields:
        field.is_one_of_several = True


class DateBoxesField(forms.MultiValueField):
    """A day typed in three boxes. `not_a_date` says what to do, e.g. "Nhập ngày sinh có thật, ví dụ 7 11 2026"."""

    widget = DateBoxes
    default_error_messages = {"not_a_date": _("Enter a real date, for example 27 3 2026.")}

    def __init__(self, *, not_a_date: Any = None, **kwargs: Any) -> None:
        messages = dict(kwargs.pop("error_messages", {}))
        if not_a_date is not None:
            messages["not_a_date"] = not_a_date
        wrong = messages.get("not_a_date", self.default_error_messages["not_a_date"])
        whole = {"invalid": wrong, "min_value": wrong, "max_value": wrong}
        limits = ((1, 31), (1, 12), (1, 9999))
        super().__init__(
            [forms.IntegerField(min_value=low, max_value=high, error_messages=whole) for low, high in limits],
            error_messages=messages | {"incomplete": wrong},
            **kwargs,
        )

    def compress(self, data_list: list[int] | None) -> datetime.date | None:
        if not data_list:
            return None
        day, month, year = data_list
        try:
            return datetime.date(year, month, day)
        except (TypeError, ValueError, OverflowError):
            raise forms.ValidationError(self.error_messages["not_a_date"], code="not_a_date") from None
