"""Widgets: thin, because the look lies in the templates. They add what an answer looks like: width, keyboard, hints."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

Attrs = dict[str, Any]


def _with_class(attrs: Attrs | None, *names: str) -> Attrs:
    attrs = dict(attrs or {})
    attrs["class"] = " ".join(filter(None, [attrs.get("class", ""), *names]))
    return attrs


class Text(forms.TextInput):
    """One line. `width`: characters of the usual answer, one of 2, 3, 4, 5, 10, 20, 30; None is the whole line."""

    def __init__(self, *, width: int | None = None, attrs: Attrs | None = None) -> None:
        super().__init__(_with_class(attrs, f"govuk-input--width-{width}" if width else ""))


class Number(Text):
    """Digits, codes, identity numbers: the phone shows its number pad, and nothing spins or loses leading zeros."""

    def __init__(self, *, width: int | None = 10, attrs: Attrs | None = None) -> None:
        super().__init__(width=width, attrs={"inputmode": "numeric", "spellcheck": "false"} | (attrs or {}))


class Password(forms.PasswordInput):
    """Never shown again after an error. May be pasted into (WCAG 3.3.8)."""

    def __init__(self, *, new: bool = False, attrs: Attrs | None = None) -> None:
        words = {"autocomplete": "new-password" if new else "current-password", "spellcheck": "false"}
        super().__init__(words | _with_class(attrs, "govuk-input--width-20"), render_value=False)


class Search(forms.TextInput):
    """`/` jumps here on officer pages."""

    input_type = "search"

    def __init__(self, *, attrs: Attrs | None = None) -> None:
        super().__init__({"data-search": True, "autocomplete": "off"} | (attrs or {}))


class NativeDate(forms.DateInput):
    """For dates near today; a date that somebody remembers is asked in three boxes."""

    input_type = "date"

    def __init__(self, *, attrs: Attrs | None = None) -> None:
        super().__init__(_with_class(attrs, "govuk-input--width-10"), format="%Y-%m-%d")


class TextArea(forms.Textarea):
    """`count=True` shows the characters left. The browser's own limit is dropped: it would cut pasted text unseen."""

    template_name = "forms/textarea.html"

    def __init__(self, *, rows: int = 5, count: bool = False, attrs: Attrs | None = None) -> None:
        self.count = count
        super().__init__({"rows": rows} | (attrs or {}))

    def get_context(self, name: str, value: Any, attrs: Attrs | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        found = context["widget"]["attrs"]
        limit = found.pop("maxlength", None)
        if self.count and limit and "id" in found:
            found["data-count"] = limit
            note = f"{found['id']}_count"
            found["aria-describedby"] = " ".join(filter(None, [found.get("aria-describedby", ""), note]))
            context["widget"] |= {"count": limit, "count_id": note}
        return context


class Select(forms.Select):
    """Only for more than seven choices; below that, radios show them all."""


class _Options(forms.widgets.ChoiceWidget):
    """Radios and checkboxes. `hints` explains a choice: value -> sentence. `small` is for officers' filters."""

    def __init__(
        self,
        *,
        inline: bool = False,
        small: bool = False,
        hints: Mapping[str, Any] | None = None,
        attrs: Attrs | None = None,
        choices: Any = (),
    ) -> None:
        self.inline, self.small, self.hints = inline, small, hints or {}
        super().__init__(attrs, choices)

    def get_context(self, name: str, value: Any, attrs: Attrs | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"inline": self.inline, "small": self.small}
        return context

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(*args, **kwargs)
        option["hint"] = self.hints.get(str(option["value"]), "")
        return option


class Radios(_Options, forms.RadioSelect):
    """The first radio carries the field's own id, so that the error summary's link lands on it."""


class Checkboxes(_Options, forms.CheckboxSelectMultiple):
    """Several may be ticked; the first carries the field's own id, as with radios."""


class Checkbox(forms.CheckboxInput):
    """One box with its label beside it."""


class Upload(forms.ClearableFileInput):
    """`accept` as in HTML. The field's hint says the formats and the size; the server checks both again."""

    def __init__(self, *, accept: str = "", attrs: Attrs | None = None) -> None:
        super().__init__(({"accept": accept} if accept else {}) | (attrs or {}))


class DateBoxes(forms.MultiWidget):
    """Three boxes for a date that somebody remembers. `autocomplete="bday"`: the person's own birth (WCAG 1.3.5)."""

    template_name = "forms/date.html"
    use_fieldset = True
    boxes = ((_("Day"), 2, "day"), (_("Month"), 2, "month"), (_("Year"), 4, "year"))

    def __init__(self, *, autocomplete: str = "", attrs: Attrs | None = None) -> None:
        self.autocomplete = autocomplete
        super().__init__([forms.TextInput() for _box in self.boxes], attrs)

    def decompress(self, value: Any) -> list[Any]:
        return [value.day, value.month, value.year] if value else [None, None, None]

    def get_context(self, name: str, value: Any, attrs: Attrs | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        widget = context["widget"]
        widget["invalid"] = bool(widget["attrs"].get("aria-invalid"))
        for box, (label, width, part) in zip(widget["subwidgets"], self.boxes, strict=True):
            box |= {"label": label, "width": width}
            if self.autocomplete:
                box["autocomplete"] = f"{self.autocomplete}-{part}"
        return context

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0" if id_ else ""
