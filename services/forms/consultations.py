"""What is typed when other units are asked, when they answer, and when a question is taken back."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext_lazy as _

from portal.ui.forms import Checkbox, Checkboxes, Number, Radios, TextArea, Upload
from services.errors import NoMinutesError
from services.kinds import AskedFor, Opinion
from services.models.consultations import ANSWER_LENGTH, QUESTION_LENGTH, REASON_LENGTH
from services.wording_consultations import KINDS, OPINIONS

Choices = Iterable[tuple[Any, Any]]
AT_ONCE, IN_TURN = "cung-luc", "lan-luot"
ACCEPTED = ".pdf,.jpg,.jpeg,.png"


class AskForm(forms.Form):
    units = forms.TypedMultipleChoiceField(
        label=_("Who is asked"),
        coerce=int,
        widget=Checkboxes(),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Search for the organ and choose it")),
    )
    kind = forms.ChoiceField(
        label=_("What is asked for"), choices=[(kind.value, KINDS[kind]) for kind in AskedFor], widget=Radios()
    )
    question = forms.CharField(
        label=_("The question, or the task"),
        help_text=_("The asked organ does not see the dossier. Write what it needs to know, and nothing more."),
        max_length=QUESTION_LENGTH,
        widget=TextArea(rows=4, count=True),
        error_messages={"required": _("Write the question")},
    )
    working_days = forms.IntegerField(
        label=_("Working days to answer"),
        help_text=_("Counted by the calendar of the asked organ. The clock of the dossier runs on."),
        min_value=1,
        widget=Number(width=2),
    )
    turn = forms.ChoiceField(
        label=_("When"),
        choices=[(AT_ONCE, _("At once, all beside each other")), (IN_TURN, _("One after the other, as paper goes"))],
        widget=Radios(),
    )
    owner = forms.BooleanField(label=_("Tell whose dossier it is"), required=False, widget=Checkbox())
    answers = forms.MultipleChoiceField(label=_("Answers to share"), required=False, widget=Checkboxes())
    papers = forms.MultipleChoiceField(label=_("Papers to share"), required=False, widget=Checkboxes())
    confidential = forms.BooleanField(
        label=_("Confidential: the citizen is not told who is asked"), required=False, widget=Checkbox()
    )

    def __init__(self, data: Any, *, units: Choices, answers: Choices, files: Choices, most: int, usual: int) -> None:
        initial = {"working_days": usual, "kind": AskedFor.OPINION.value, "turn": AT_ONCE}
        super().__init__(data, initial=initial)
        for name, choices in (("units", units), ("answers", answers), ("papers", files)):
            field = cast("forms.ChoiceField", self.fields[name])
            field.choices = list(choices)
            if not field.choices and name != "units":
                del self.fields[name]
        days = cast("forms.IntegerField", self.fields["working_days"])
        days.validators.append(MaxValueValidator(most))
        told = _("Enter a number from 1 to %(most)d") % {"most": most}
        days.error_messages |= dict.fromkeys(("required", "invalid", "min_value", "max_value"), told)


class OpinionForm(forms.Form):
    opinion = forms.ChoiceField(
        label=_("Your organ's answer"),
        choices=[(one.value, OPINIONS[one]) for one in Opinion],
        widget=Radios(),
        error_messages={"required": _("Choose what your organ answers")},
    )
    text = forms.CharField(
        label=_("The answer in words"),
        max_length=ANSWER_LENGTH,
        widget=TextArea(rows=6, count=True),
        error_messages={"required": _("Write the answer")},
    )
    file = forms.FileField(
        label=_("The opinion on paper, or the minutes of the verification"),
        help_text=_("PDF, JPG or PNG, up to 20 MB"),
        required=False,
        widget=Upload(accept=ACCEPTED),
        error_messages={"required": NoMinutesError.message},
    )

    def __init__(self, *args: Any, needs_file: bool, **more: Any) -> None:
        """`needs_file`: a verification is answered with its minutes. NĐ 118/2025 Đ.19.4d"""
        super().__init__(*args, **more)
        self.fields["file"].required = needs_file


class RevokeForm(forms.Form):
    reason = forms.CharField(
        label=_("Why no answer is needed any more"),
        max_length=REASON_LENGTH,
        widget=TextArea(rows=3, count=True),
        error_messages={"required": _("Write the reason.")},
    )
