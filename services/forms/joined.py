"""What the desk says when a case of the law moves the joint due moment."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.ui.forms import Radios, TextArea
from services.forms.desk import DeedForm

REASON = 300


class JointLimitForm(DeedForm):
    limit_case = forms.ChoiceField(
        label=_("What the law provides for"),
        widget=Radios(),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose a case of the law")),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=REASON,
        widget=TextArea(rows=3, count=True),
        error_messages={"required": _("Write the reason.")},
    )

    def __init__(self, data: Any, *, cases: Sequence[tuple[str, str]], revision: int) -> None:
        super().__init__(data, initial={"revision": revision})
        chosen: Any = self.fields["limit_case"]
        chosen.choices = cases
