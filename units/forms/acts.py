"""What is asked of those who draft an act: its head, and its rows as lines of a table."""

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from portal.ui.forms import NativeDate, Number, Select, Text, TextArea, Upload, one_of_these
from units.kinds import ActKind
from units.models import ReorgEvent
from units.operations import Head
from units.sheets import SheetError, text_of

MOST_TYPED = 500_000  # characters; a form without its files has at most 1 MB
LARGEST_FILE = 25 * 1024 * 1024
KEPT = {
    "required": _("Fill this in"),
    "max_length": _("Shorten it to %(limit_value)d characters"),
    "null_characters_not_allowed": _("Type it again: it holds characters that cannot be printed"),
}


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=NativeDate(),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={"required": _("Enter a day"), "invalid": _("Enter a date such as 20/11/2026")},
    )


class ActForm(forms.Form):
    """`revision`: what was seen when an act is revised. `file_digest` keeps the file's digest from page to page."""

    revision = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput())
    file_digest = forms.RegexField(r"^[0-9a-f]{64}$", required=False, widget=forms.HiddenInput())
    kind = forms.ChoiceField(
        label=_("What the act does"), widget=Select(), error_messages={"required": _("Choose what the act does")}
    )
    unit_id = forms.TypedChoiceField(label=_("Unit that all of it lies in"), coerce=int, widget=Select())
    legal_no = forms.CharField(
        label=_("Number of the resolution"), max_length=60, widget=Text(width=20), error_messages=KEPT,
        help_text=_("As it stands on the paper"),
    )  # fmt: skip
    legal_date = _day(_("Decided on"))
    effective_on = _day(_("Takes effect on, from 00:00"))
    title = forms.CharField(label=_("What it decides"), max_length=300, error_messages=KEPT)
    decide_days = forms.IntegerField(
        label=_("Working days to decide what no rule knows"), min_value=1, max_value=60, initial=5,
        widget=Number(width=3),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), _("Enter 1 to 60 days")),
    )  # fmt: skip
    file = forms.FileField(
        label=_("File of the resolution"), required=False, widget=Upload(),
        help_text=_("Its digest is bound to the signature. At most 25 MB."),
    )  # fmt: skip
    note = forms.CharField(
        label=_("Note for those who work on it"), max_length=300, required=False, error_messages=KEPT
    )
    sheet = forms.FileField(
        label=_("Table as a file"), required=False, widget=Upload(accept=".xlsx,.csv"),
        help_text=_("XLSX or CSV in UTF-8, at most 5 MB; the first sheet is read, and replaces the lines below."),
    )  # fmt: skip
    rows = forms.CharField(
        label=_("Table, one line for each pair"), required=False, strip=False, error_messages=KEPT,
        widget=TextArea(rows=10, attrs={"spellcheck": "false"}),
        help_text=_("Paste it from a spreadsheet, the columns parted by tabs; or choose a file above."),
    )  # fmt: skip

    def __init__(
        self, data: Any = None, files: Any = None, *, kinds: Sequence[tuple[str, Any]],
        units: Sequence[tuple[int, str]], corrects: bool = False, initial: dict[str, Any] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(data, files, initial=initial)
        offered: Any = self.fields["kind"]
        offered.choices = [("", _("Choose")), *kinds]
        one_of_these(self.fields["sheet"], self.fields["rows"])
        places: Any = self.fields["unit_id"]
        places.choices = units
        if corrects:
            for name in ("kind", "unit_id", "effective_on"):
                del self.fields[name]
        elif len(units) == 1:
            places.widget, places.initial = forms.HiddenInput(), units[0][0]

    def clean_file(self) -> Any:
        given = self.cleaned_data["file"]
        if isinstance(given, UploadedFile) and (given.size or 0) > LARGEST_FILE:
            raise forms.ValidationError(_("The file is larger than 25 MB. Save it smaller and choose it again."))
        return given

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("sheet"):
            self._read(cleaned)
        if not self.errors.keys() & {"sheet", "rows"} and not (cleaned.get("rows") or "").strip():
            self.add_error("rows", _("Paste the table, or choose a file with it"))
        elif len(cleaned.get("rows") or "") > MOST_TYPED:
            self.add_error("rows", _("The table is too long for a page: 500,000 characters. Send it over the API."))
        return cleaned

    def _read(self, cleaned: dict[str, Any]) -> None:
        sheet = cleaned["sheet"]
        try:
            cleaned["rows"] = text_of(sheet.file, name=sheet.name, size=sheet.size)
        except SheetError as error:
            self.add_error("sheet", str(error))

    def digest(self) -> str:
        """Of the file that was chosen now, else of the one that was chosen before; hexadecimal."""
        given = self.cleaned_data.get("file")
        if not given:
            return str(self.cleaned_data.get("file_digest") or "")
        found = hashlib.sha256()
        for chunk in given.chunks():
            found.update(chunk)
        return found.hexdigest()

    def head(self, corrects: ReorgEvent | None) -> Head:
        said, digest = self.cleaned_data, self.digest()
        effective_on: date = corrects.effective_on if corrects else said["effective_on"]
        return Head(
            kind=ActKind.CORRECT if corrects else ActKind(said["kind"]),
            legal_no=said["legal_no"],
            legal_date=said["legal_date"],
            effective_on=effective_on,
            title=said["title"],
            unit_id=(corrects.unit_id or 0) if corrects else said["unit_id"],
            file_sha256=bytes.fromhex(digest) if digest else None,
            note=said["note"],
            decide_days=said["decide_days"],
            corrects=corrects.pk if corrects else None,
        )
