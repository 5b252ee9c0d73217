"""What citizens type after filing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.ui.forms import Select, Text
from services.queries.own import TEXT_LIMIT, Part

PARTS = [
    ("", _("All")),
    (Part.NEEDED.value, _("You have something to do")),
    (Part.OPEN.value, _("Being worked on")),
    (Part.CLOSED.value, _("Finished")),
]


class OwnFilter(forms.Form):
    """Names stand in addresses, hence Vietnamese."""

    q = forms.CharField(
        label=_("Code, reference, procedure or name"),
        max_length=TEXT_LIMIT,
        required=False,
        help_text=_("With or without accents"),
        widget=Text(),
        error_messages={"max_length": _("Shorten it to %(limit_value)d characters")},
    )
    phan = forms.ChoiceField(label=_("Part"), required=False, widget=Select(), choices=PARTS)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
