"""A page of a declaration form as a Django form. It only reads what was typed; `services.declarations` judges it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.datastructures import MultiValueDict

from services.declarations import Asked, Definition, Fault, Page, World, check_page, check_row
from services.declarations.walking import row_questions, walk
from services.forms.answers import FilesAnswer, KeepFile, field_of
from services.forms.widgets import SENT

Answers = dict[str, Any]
FileName = Callable[[str], str]


def without_sent(data: "MultiValueDict[str, str]") -> "MultiValueDict[str, str]":
    """What was typed, without the files that came in parts: they are kept by now, and cannot be used twice."""
    return MultiValueDict({name: data.getlist(name) for name in data if not name.endswith(SENT)})


class PageForm(forms.Form):
    """`answers` after cleaning are all answers of the draft with this page's, or the row with its own; `kept_files`
    hold even when the page is refused.

    Asked is what applies by the answers that were saved. What the new answers open is asked next time, and what they
    hide is not judged.
    """

    def __init__(
        self,
        definition: Definition,
        page: Page,
        answers: Mapping[str, Any],
        world: World,
        *,
        row: Mapping[str, Any] | None = None,
        keep: KeepFile | None = None,
        file_name: FileName = str,
        data: Any = None,
        files: Any = None,
        judged: bool = True,
    ) -> None:
        """`judged` False: `data` is what somebody has typed so far, shown without a word about it."""
        self.judged = judged
        self.definition, self.page, self.world, self.row = definition, page, world, row
        self.before = dict(answers)
        here = self.row if self.row is not None else self.before
        super().__init__(data, files, initial=dict(here), prefix=None)
        for one in self._applying(here):
            if one.sourced is not None:
                continue
            question = one.question
            kept: Sequence[tuple[str, str]] = ()
            if isinstance(one.value, list) and question.component:
                kept = [(file_id, file_name(file_id)) for file_id in one.value]
            self.fields[question.key] = field_of(question, world, kept=kept, keep=keep)
        self.faults: list[Fault] = []
        self.answers: Answers = self.before

    def _applying(self, here: Mapping[str, Any]) -> tuple[Asked, ...]:
        if self.row is not None:
            return row_questions(self.definition, self.page, here, self.before, self.world)
        step = walk(self.definition, here, self.world).step(self.page.key)
        return step.asked if step else ()

    def full_clean(self) -> None:
        if self.judged:
            super().full_clean()
        else:
            self._errors, self.cleaned_data = ErrorDict(), {}

    def clean(self) -> dict[str, Any]:
        given = {key: value for key, value in self.cleaned_data.items() if value is not None}
        here = dict(self.row if self.row is not None else self.before)
        for key in self.fields:
            here.pop(key, None)
        here |= given
        if self.row is not None:
            self.faults = check_row(self.definition, self.page.key, here, self.before, self.world)
        else:
            self.faults = check_page(self.definition, self.page.key, here, self.world)
        applying = {one.question.key for one in self._applying(here)}
        for key in [key for key in self.errors if key not in applying]:
            del self.errors[key]
        told = set(self.errors)
        for fault in self.faults:
            if fault.question in self.fields and fault.question not in told:
                told.add(fault.question)
                self.add_error(fault.question, forms.ValidationError(fault.text, code=fault.code))
        self.answers = here
        return given

    def refusals(self) -> list[tuple[str, forms.ValidationError]]:
        """What the store said about files that it did not take; they are not sent again."""
        data = self.errors.as_data()
        return [(key, error) for key, errors in data.items() for error in errors if error.code == "refused"]

    def kept_files(self) -> Answers:
        """Lists of files as they are now, for a page that was refused."""
        return {
            key: field.now
            for key, field in self.fields.items()
            if isinstance(field, FilesAnswer) and hasattr(field, "now")
        }
