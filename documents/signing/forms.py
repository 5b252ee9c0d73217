"""What an administrator types about certificates and authorities. Names of filters stand in addresses."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.models.certificates import HOLDERS
from documents.signing import pictures
from documents.signing.states import CertificateState
from portal.ui.forms import Select, Text, TextArea, Upload
from staff.models import Person

PEM_LIMIT = 60_000
REASON_LIMIT = 500
MOST_HOSTS = 20
STATES = (
    (CertificateState.REGISTERED.value, _("in use")),
    (CertificateState.SUSPENDED.value, _("suspended")),
    (CertificateState.REVOKED.value, _("revoked")),
)


class CertificateFilter(forms.Form):
    trang_thai = forms.ChoiceField(label=_("State"), required=False, widget=Select(), choices=[("", _("All")), *STATES])
    cua = forms.ChoiceField(label=_("Of"), required=False, widget=Select(), choices=[("", _("All")), *HOLDERS])


class CertificateForm(forms.Form):
    """The organ's own certificate when nobody is chosen."""

    person = forms.ChoiceField(label=_("Certificate holder"), required=False, widget=Select())
    pem = forms.CharField(
        label=_("Certificate"),
        max_length=PEM_LIMIT,
        help_text=_("In PEM: from BEGIN CERTIFICATE to END CERTIFICATE"),
        widget=TextArea(rows=6),
        error_messages={"required": _("Paste the certificate in PEM")},
    )
    chain = forms.CharField(
        label=_("Certificates of its issuers"),
        required=False,
        max_length=PEM_LIMIT,
        help_text=_("In PEM, from its issuer upwards"),
        widget=TextArea(rows=6),
    )
    backend = forms.ChoiceField(label=_("Device or service that holds the key"), widget=Select())
    key = forms.CharField(
        label=_("Name of the key there"),
        max_length=200,
        widget=Text(width=30),
        error_messages={"required": _("Enter the name of the key in the device or service")},
    )
    picture = forms.FileField(
        label=_("Picture of the signature or seal"),
        help_text=_("A transparent PNG of at most 300 kB"),
        widget=Upload(accept=".png,image/png"),
        error_messages={"required": _("Choose the picture"), "empty": _("Choose the picture")},
    )

    def __init__(self, data: Any, files: Any, *, people: Sequence[Person], backends: Sequence[str]) -> None:
        super().__init__(data, files)
        owner: Any = self.fields["person"]
        owner.choices = [("", _("the organ of the unit")), *((str(one.pk), one.name) for one in people)]
        device: Any = self.fields["backend"]
        device.choices = [(name, name) for name in backends]

    def clean_picture(self) -> bytes:
        sent = self.cleaned_data["picture"]
        content: bytes = sent.read(pictures.LARGEST + 1)
        try:
            pictures.check(content)
        except pictures.PictureError as error:
            raise forms.ValidationError(_("Choose a transparent PNG of at most 300 kB")) from error
        return content

    def arguments(self) -> dict[str, Any]:
        """What `register_certificate` takes."""
        data = self.cleaned_data
        person = UUID(data["person"]) if data["person"] else None
        return {name: data[name] for name in ("pem", "chain", "backend", "key", "picture")} | {"person_id": person}


class WhyForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=REASON_LIMIT,
        help_text=_("It is recorded for ever. Name nobody in it."),
        widget=TextArea(rows=3, count=True),
        error_messages={"required": _("Say why")},
    )


class AnchorForm(forms.Form):
    pem = forms.CharField(
        label=_("Certificate of the authority"),
        max_length=PEM_LIMIT,
        help_text=_("In PEM: from BEGIN CERTIFICATE to END CERTIFICATE"),
        widget=TextArea(rows=6),
        error_messages={"required": _("Paste the certificate in PEM")},
    )
    hosts = forms.CharField(
        label=_("Hosts that may be asked about its certificates"),
        required=False,
        max_length=MOST_HOSTS * 254,
        help_text=_("One host name per line, at most 20. Nothing else is ever asked."),
        widget=TextArea(rows=3),
    )

    def clean_hosts(self) -> list[str]:
        found = [line.strip().lower() for line in self.cleaned_data["hosts"].splitlines() if line.strip()]
        if len(found) > MOST_HOSTS or not all(len(host) <= 253 and _is_host(host) for host in found):
            raise forms.ValidationError(_("Write one host name per line, such as ocsp.ca.gov.vn, at most 20"))
        return found


def _is_host(text: str) -> bool:
    return all(part and part.replace("-", "").isalnum() and part.isascii() for part in text.split("."))
