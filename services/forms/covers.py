"""What a head says of a leave, and of a redistribution."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.ui.forms import Checkboxes, NativeDate, Select, Text, TextArea
from services.models.covers import DECISION_LENGTH
from services.operations.covering import Leave

Pairs = Iterable[tuple[str, str]]
NO_DAY = _("Choose a day, such as 20/11/2026.")


def _who(label: Any, missing: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, widget=Select(), error_messages={"required": missing})


def _day(label: Any, missing: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=NativeDate(), error_messages={"required": missing, "invalid": NO_DAY})


class CoverForm(forms.Form):
    absent = _who(_("Who is away"), _("Choose who is away."))
    cover = _who(_("Who acts"), _("Choose who acts."))
    first_day = _day(_("First day of the leave"), _("Choose the first day of the leave."))
    last_day = _day(_("Last day of the leave"), _("Choose the last day of the leave."))
    decision_no = forms.CharField(
        label=_("Number of the decision"),
        max_length=DECISION_LENGTH,
        widget=Text(),
        error_messages={"required": _("Enter the number of the decision.")},
    )
    decision_on = _day(_("Date of the decision"), _("Choose the date of the decision."))

    def __init__(self, *args: Any, posts: Pairs, **more: Any) -> None:
        super().__init__(*args, **more)
        pairs = [("", _("Choose")), *posts]
        for name in ("absent", "cover"):
            offered: Any = self.fields[name]
            offered.choices = pairs

    def leave(self) -> Leave:
        said = self.cleaned_data
        return Leave(said["first_day"], said["last_day"], said["decision_no"], said["decision_on"])


class TakersForm(forms.Form):
    """Among whom; a part of the address."""

    cho = forms.MultipleChoiceField(
        label=_("Among whom"), widget=Checkboxes(), error_messages={"required": _("Choose at least one colleague.")}
    )

    def __init__(self, *args: Any, takers: Pairs, **more: Any) -> None:
        super().__init__(*args, **more)
        offered: Any = self.fields["cho"]
        offered.choices = list(takers)


class ShareForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=300, widget=TextArea(), error_messages={"required": _("Write the reason.")}
    )
