"""A code as somebody types it, and a file to compare."""

from typing import Any

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from documents.codes import LENGTH, LETTERS, normal
from documents.errors import FileRefusedError
from documents.uploads.inspecting import inspect
from documents.uploads.kinds import UploadKind
from documents.uploads.limits import limits_for
from documents.uploads.names import clean_name
from documents.uploads.reasons import Reason
from portal.ui.forms import Text, Upload

CODE_LIMIT = 40  # characters typed, with blanks and hyphens


class CodeForm(forms.Form):
    """The name of the field stands in the address."""

    ma = forms.CharField(
        label=_("Verification code"),
        max_length=CODE_LIMIT,
        help_text=_("12 letters and digits beside the QR code on the paper, for example 7Q2M-K9TD-4HXW"),
        widget=Text(width=20),
        error_messages={
            "required": _("Enter the verification code that stands on the paper"),
            "max_length": _("A verification code has 12 letters and digits; this is longer"),
        },
    )

    def clean_ma(self) -> str:
        code = normal(self.cleaned_data["ma"])
        if len(code) != LENGTH or set(code) - set(LETTERS):
            raise forms.ValidationError(
                _("A verification code has 12 letters and digits, without 0, 1, I and O. Look at the paper again")
            )
        return code


class FileForm(forms.Form):
    """A signed PDF; it is inspected like every upload before anything else reads it."""

    file = forms.FileField(
        label=_("The PDF file"),
        help_text=_("The file as you got it, not a scan of the paper. At most 10 MB. It is not kept."),
        widget=Upload(accept=".pdf,application/pdf"),
        max_length=1000,  # clean_name says more about names
        error_messages={
            "required": _("Choose the PDF file to be checked"),
            "invalid": _("Choose the PDF file to be checked"),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["file"]
        field.allow_empty_file = True  # what was too large arrives empty, with its real size

    def clean_file(self) -> bytes:
        """The content. Every refusal is a sentence at the field."""
        upload: Any = self.cleaned_data["file"]
        try:
            return inspected(upload)
        except FileRefusedError as refusal:
            raise forms.ValidationError(str(refusal), code=refusal.code) from refusal


def inspected(upload: Any) -> bytes:
    """The content of a PDF that passed the inspection of uploads; FileRefusedError else. Nothing is kept."""
    limits = limits_for(UploadKind.CHECK)
    if upload.size > limits.bytes:
        raise FileRefusedError(Reason.TOO_LARGE, most=filesizeformat(limits.bytes))
    name = clean_name(upload.name or "", limits.name_length)
    inspect(upload, name=name, declared=upload.content_type or "", size=upload.size, limits=limits)
    upload.seek(0)
    content: bytes = upload.read(limits.bytes)
    return content


class ActFileForm(forms.Form):
    """A resolution as PDF; `store_upload` inspects it and says what is wrong."""

    file = forms.FileField(
        label=_("The resolution as a PDF file"),
        help_text=_("Signed digitally, or scanned from the signed paper. At most 24 MB and 1,000 pages."),
        widget=Upload(accept=".pdf,application/pdf"),
        max_length=1000,
        error_messages={
            "required": _("Choose the PDF file of the resolution"),
            "invalid": _("Choose the PDF file of the resolution"),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["file"]
        field.allow_empty_file = True  # what was too large arrives empty, with its real size
