"""What is asked of visitors (by GET) and of those who draft acts."""

from units.forms.asking import (
    DAY,
    LATEST,
    ActDayForm,
    CompareForm,
    DayField,
    DayForm,
    NameField,
    OldAddressForm,
    SearchForm,
    TypedForm,
    readable,
)

__all__ = [
    "DAY",
    "LATEST",
    "ActDayForm",
    "CompareForm",
    "DayField",
    "DayForm",
    "NameField",
    "OldAddressForm",
    "SearchForm",
    "TypedForm",
    "readable",
]
