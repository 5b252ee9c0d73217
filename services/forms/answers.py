"""How one question is drawn and how what was typed becomes an answer. Whether it may stand is decided by the engine."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext

from portal.ui.forms import Checkboxes, Number, Radios, Select, Text, TextArea
from services.declarations import Kind, Question, World
from services.declarations.sentences import sentence
from services.declarations.values import Wrong
from services.forms.widgets import DayBoxes, UnitPicker, Uploads
from units.kinds import Level
from units.queries import BadText, search

SELECT_OVER = 7  # choices
UNITS_SHOWN = 8

KeepFile = Callable[["UploadedFile[Any] | str", Question], str]  # a file, or the id of one that came in parts


class RefusedFile(Exception):
    """The store did not take the file; the message says why and what to do."""


class AnswerField(forms.Field):
    """Gives the answer as JSON, or None. `required` only decides what the label says."""

    def __init__(self, question: Question, widget: forms.Widget, world: World) -> None:
        self.question, self.world = question, world
        super().__init__(
            label=str(question.label), help_text=str(question.hint), required=not question.optional, widget=widget
        )
        self.widget.is_required = False  # the browser must not answer in our place

    def clean(self, value: Any) -> Any:
        return self.read(value)

    def read(self, value: Any) -> Any:
        text = " ".join(str(value or "").split())
        return text or None

    def wrong(self, code: str) -> forms.ValidationError:
        return forms.ValidationError(sentence(self.question, Wrong(code)), code=code)


class ParagraphAnswer(AnswerField):
    def read(self, value: Any) -> Any:
        return str(value or "").replace("\r\n", "\n").strip() or None


class NumberAnswer(AnswerField):
    """12.000.000 and 12 000 000 are read as people mean them."""

    def read(self, value: Any) -> Any:
        text = "".join(str(value or "").split()).replace(".", "").replace(",", "")
        if not text:
            return None
        if not text.isascii() or not text.isdigit() or len(text) > 15:
            raise self.wrong("malformed")
        return int(text)


class DigitsAnswer(AnswerField):
    """Personal and phone numbers are typed with spaces and dots."""

    def read(self, value: Any) -> Any:
        return "".join(str(value or "").split()).replace(".", "").replace("-", "") or None


class DayAnswer(AnswerField):
    def read(self, value: Any) -> Any:
        day, month, year = [*(str(part or "").strip() for part in value or ()), "", "", ""][:3]
        if not (day or month or year):
            return None
        parts = [part for part in (year, month, day) if part]
        gap = bool(day and not month) or not year
        if gap or not all(part.isascii() and part.isdigit() for part in parts) or len(year) != 4:
            raise self.wrong("malformed")
        if self.question.kind is Kind.DAY and len(parts) < 3:
            raise self.wrong("malformed")
        return "-".join([year, *(part.zfill(2) for part in parts[1:])])


class ChoiceAnswer(AnswerField):
    def read(self, value: Any) -> Any:
        return str(value) if value else None


class YesNoAnswer(AnswerField):
    def read(self, value: Any) -> Any:
        return {"yes": True, "no": False}.get(str(value))

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value


class SeveralAnswer(AnswerField):
    def read(self, value: Any) -> Any:
        return [str(one) for one in value] if value else None


class UnitAnswer(AnswerField):
    """What was typed is searched among old and new names; several hits are offered, one is taken."""

    widget: UnitPicker

    def read(self, value: Any) -> Any:
        given = value or {}
        find, detail = given.get("find", "").strip(), given.get("detail", "").strip()
        if not find and not detail:
            return None
        unit_id = self._chosen(given) or self._found(find)
        answer: dict[str, Any] = {"unit": unit_id}
        return answer | ({"detail": " ".join(detail.split())} if self.widget.detail else {})

    def _chosen(self, given: dict[str, str]) -> int | None:
        """The radio, or the unit of before, while the text is the one that it was chosen for."""
        same = given.get("for", "").strip() == given.get("find", "").strip()
        unit = given.get("unit", "")
        return int(unit) if same and unit.isascii() and unit.isdigit() and len(unit) < 18 else None

    def _found(self, text: str) -> int:
        self.widget.found = _units(text, self.world.today, former=self.question.former) if text else ()
        if len(self.widget.found) == 1:
            return self.widget.found[0][0]
        if self.widget.found:
            raise forms.ValidationError(
                gettext("%(label)s: choose the commune from the list.") % {"label": self.question.label}, code="choose"
            )
        raise self.wrong("no-unit")

    def prepare_value(self, value: Any) -> Any:
        """An answer as its widget shows it; what was typed stays as it is."""
        if isinstance(value, dict) and isinstance(value.get("unit"), int):
            name = self.world.units.name(value["unit"]) or ""
            return {"find": name, "for": name, "unit": value["unit"], "detail": value.get("detail", "")}
        return value


def _units(text: str, on: date, *, former: bool) -> Sequence[tuple[int, str]]:
    """Units of this name; where only living ones will do, what they are on the day."""
    try:
        rows = search(text[:100], on=on, level=Level.COMMUNE, limit=UNITS_SHOWN)
    except BadText:
        return ()
    found: dict[int, str] = {}
    for row in rows:
        if former or row.lives:
            found[row.unit_id] = ", ".join(filter(None, [row.full_name, row.place]))
        else:
            old = row.full_name
            for unit in row.now:
                told = gettext("%(new)s, %(place)s (formerly %(old)s)")
                found.setdefault(unit.unit_id, told % {"new": unit.full_name, "place": unit.parent_name, "old": old})
    return tuple(found.items())[:UNITS_SHOWN]


class FilesAnswer(AnswerField):
    """Ids of files. A new one is kept at once, so that another mistake on the page doesn't lose it."""

    def __init__(
        self, question: Question, widget: Uploads, world: World, before: Sequence[str], keep: KeepFile
    ) -> None:
        self.before, self.keep = list(before), keep
        super().__init__(question, widget, world)

    def read(self, value: Any) -> Any:
        self.now = [one for one in self.before if one not in value["gone"]]
        for upload in value["new"]:
            try:
                self.now.append(self.keep(upload, self.question))
            except RefusedFile as refused:
                raise forms.ValidationError(str(refused), code="refused") from refused
        for upload_id in value["sent"]:
            try:
                self.now.append(self.keep(upload_id, self.question))
            except RefusedFile as refused:
                raise forms.ValidationError(str(refused), code="refused") from refused
        self.now = list(dict.fromkeys(self.now))
        return self.now or None


Maker = Callable[[Question, World], AnswerField]
NO_FILES: Sequence[tuple[str, str]] = ()


def field_of(
    question: Question, world: World, *, kept: Sequence[tuple[str, str]] = NO_FILES, keep: KeepFile | None = None
) -> AnswerField:
    """`kept` are the files of before with their names; `keep` takes new ones."""
    if question.kind is Kind.FILES:
        before = [file_id for file_id, _name in kept]
        return FilesAnswer(question, Uploads(kept=kept), world, before, keep or _nobody_keeps)
    maker = MAKERS.get(question.kind)
    return maker(question, world) if maker else AnswerField(question, Text(**_look(question)), world)


def _look(question: Question, width: int | None = None) -> dict[str, Any]:
    """The width of the usual answer, and what the browser may fill in about the person themself."""
    attrs = {"autocomplete": question.autocomplete} if question.autocomplete else {}
    return {"width": question.width or width, "attrs": attrs}


def _paragraph(question: Question, world: World) -> AnswerField:
    return ParagraphAnswer(question, TextArea(count=True, attrs={"maxlength": question.rule["maxLength"]}), world)


def _day(question: Question, world: World) -> AnswerField:
    return DayAnswer(question, DayBoxes(), world)


def _number(question: Question, world: World) -> AnswerField:
    return NumberAnswer(question, Number(**_look(question, 10)), world)


def _digits(question: Question, world: World) -> AnswerField:
    return DigitsAnswer(question, Number(**_look(question, 20)), world)


def _choice(question: Question, world: World) -> AnswerField:
    return ChoiceAnswer(question, _choices(question), world)


def _yes_no(question: Question, world: World) -> AnswerField:
    return YesNoAnswer(question, Radios(choices=[("yes", gettext("Yes")), ("no", gettext("No"))]), world)


def _several(question: Question, world: World) -> AnswerField:
    return SeveralAnswer(question, Checkboxes(choices=question.choices), world)


def _unit(question: Question, world: World) -> AnswerField:
    return UnitAnswer(question, UnitPicker(detail=question.kind is Kind.ADDRESS), world)


MAKERS: dict[Kind, Maker] = {
    Kind.PARAGRAPH: _paragraph,
    Kind.DAY: _day,
    Kind.ROUGH_DAY: _day,
    Kind.COUNT: _number,
    Kind.MONEY: _number,
    Kind.PERSONAL_NUMBER: _digits,
    Kind.PHONE: _digits,
    Kind.CHOICE: _choice,
    Kind.YES_NO: _yes_no,
    Kind.SEVERAL: _several,
    Kind.UNIT: _unit,
    Kind.ADDRESS: _unit,
}


def _choices(question: Question) -> forms.Widget:
    if len(question.choices) > SELECT_OVER:
        return Select(choices=[("", gettext("Choose")), *question.choices])
    return Radios(choices=question.choices)


def _nobody_keeps(_upload: "UploadedFile[Any] | str", question: Question) -> str:
    raise RefusedFile(gettext("%(label)s: files cannot be attached here.") % {"label": question.label})
