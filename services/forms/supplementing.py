"""One thing that was asked for: files for a paper, an answer through the form's own field, or a reply in words."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.ui.forms import TextArea
from services.declarations import Definition, World, check_page, check_row
from services.declarations.pointers import merged
from services.forms.answers import field_of
from services.forms.widgets import Uploads
from services.pointers import Spot

TEXT = 2000


class PaperFiles(forms.Field):
    """The files that were chosen now, at least one and at most as many as a dossier takes.

    `new` came with the form; `sent` are ids of those that a script has sent in parts before.
    """

    widget = Uploads

    def __init__(self, *, label: str, most: int) -> None:
        self.most = most
        super().__init__(label=label, help_text=_("PDF files or photos. You may choose several at once."))

    def clean(self, value: Any) -> dict[str, list[Any]]:
        count = len(value["new"]) + len(value["sent"])
        if not count:
            raise forms.ValidationError(_("Choose the file or take a photo of the paper"))
        if count > self.most:
            raise forms.ValidationError(_("Choose at most %(most)d files") % {"most": self.most})
        return {"new": value["new"], "sent": value["sent"]}


class PaperItemForm(forms.Form):
    def __init__(self, data: Any, files: Any, *, prefix: str, label: str, most: int) -> None:
        super().__init__(data, files, prefix=prefix)
        self.fields["files"] = PaperFiles(label=label, most=most)


class AnswerItemForm(forms.Form):
    """After cleaning `answer` is what was said, by the key of its question, and `after` all answers with it."""

    def __init__(
        self, data: Any, *, prefix: str, spot: Spot, definition: Definition, answers: Mapping[str, Any], world: World
    ) -> None:
        super().__init__(data, prefix=prefix, initial={"value": spot.value})
        self.spot, self.definition, self.before, self.world = spot, definition, answers, world
        self.fields["value"] = field_of(spot.question, world)
        self.answer: dict[str, Any] = {}
        self.after: dict[str, Any] = dict(answers)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if "value" not in data:
            return data
        spot = self.spot
        self.answer = {spot.question.key: data["value"]}
        now = self.after = merged(self.before, spot.pointer, self.answer)
        if spot.row is None:
            faults = check_page(self.definition, spot.page.key, now, self.world)
        else:
            row = now[spot.group][spot.row]
            faults = check_row(self.definition, spot.page.key, row, now, self.world)
        for fault in faults:
            if fault.question == spot.question.key:
                self.add_error("value", forms.ValidationError(fault.text, code=fault.code))
                break
        return data


class ReplyItemForm(forms.Form):
    """For what has no field of its own: the reply goes to the desk as a message."""

    text = forms.CharField(
        label=_("Your reply"),
        max_length=TEXT,
        widget=TextArea(rows=4, count=True),
        error_messages={
            "required": _("Write what you add or correct"),
            "max_length": _("Shorten it to %(limit_value)d characters"),
        },
    )
