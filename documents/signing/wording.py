"""Findings in plain sentences, for people who never heard of certificates."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from documents.signing.kinds import DATE, NUMBER, PERSON, SEAL, Finding, SignatureReport

FIELDS: dict[str, str | Promise] = {
    PERSON: _("the signer's signature"),
    SEAL: _("the organ's signature"),
    "ThuKy": _("the secretary's signature"),
    "ChuToa": _("the chair's signature"),
    NUMBER: _("number and notation"),
    DATE: _("date of issue"),
}
SENTENCES: dict[str, str | Promise] = {
    "valid": _("Valid: everybody who had to sign has signed, and nothing was changed afterwards."),
    "trial": _("This is a trial signature. It has no value in law."),
    "unreadable": _("The file is no PDF that can be read. It may be damaged, encrypted or too large."),
    "no-signature": _("The file carries no digital signature."),
    "too-many-signatures": _("The file carries more signatures than can be checked here."),
    "signature-unreadable": _("%(field)s cannot be read."),
    "signature-missing": _("%(field)s is missing: somebody who had to sign has not signed."),
    "seal-missing": _("The organ has not signed yet, or its signature was cut off."),
    "seal-by-signer": _("The organ's signature was made with the key of a person."),
    "redrawn": _("The file tells programs to draw its number and date anew, which could show something else."),
    "retitled": _("Title, author or description of the file were changed after it was signed."),
    "broken": _("%(field)s does not fit the file: the signed content was changed."),
    "changed": _("After %(field)s was made, the file was changed in a way that is not allowed."),
    "revoked": _("The certificate behind %(field)s was revoked before it is proven to have signed."),
    "expired": _("The certificate behind %(field)s was not valid when it signed."),
    "untrusted": _("The certificate behind %(field)s comes from an authority that is not trusted here."),
    "wrong-use": _("The certificate behind %(field)s is not for signing documents."),
    "status-unknown": _("Whether the certificate behind %(field)s had been revoked cannot be found out."),
    "status-away": _(
        "The service that knows whether the certificate behind %(field)s was revoked does not answer. Try later."
    ),
    "other-bytes": _("The file differs from the one that was issued, if only in a single byte."),
    "other-value": _("%(field)s differs from what the register says."),
    "signature-stripped": _("%(field)s, which the issued document carries, is missing."),
    "other-signer": _("%(field)s was made with another certificate than that of the issued document."),
    "extra-signature": _("There is a signature that the issued document does not carry: %(field)s."),
}


def field_name(name: str) -> str:
    return str(FIELDS.get(name, name))


def say(finding: Finding) -> str:
    text = str(SENTENCES[finding.code]) % {"field": field_name(finding.field), **finding.facts}
    return text[:1].upper() + text[1:]


def describe(report: SignatureReport) -> list[str]:
    """What must be shown of each signature at least. Draft of TT 15/2025; verdict in the words of the law."""
    moment = report.signed_at
    said: list[str | Promise] = [_("Signer: %(name)s") % {"name": report.signer}]
    if report.organ:
        said.append(_("Organ: %(name)s") % {"name": report.organ})
    said.append(_("Certificate issued by: %(name)s") % {"name": report.issuer})
    if moment is not None and report.time_stamped:
        said.append(_("Signed before %(moment)s, by a time-stamp") % {"moment": moment.isoformat(timespec="seconds")})
    elif moment is not None:
        said.append(
            _("Says to be signed at %(moment)s, without proof") % {"moment": moment.isoformat(timespec="seconds")}
        )
    said.append(_("What was signed is unchanged") if report.intact else _("What was signed was changed"))
    said.append(
        _("The certificate was good when it signed")
        if report.trusted
        else _("The certificate is not proven to be good")
    )
    said.append(CHANGES[report.changes])
    said.append(_("Verdict: valid") if report.valid else _("Verdict: not valid"))
    return [str(line) for line in said]


CHANGES: dict[str, str | Promise] = {
    "none": _("Afterwards nothing was added"),
    "long-term": _("Afterwards only proof for later checks was added"),
    "filled": _("Afterwards only number, date, the next signature and proof were added"),
    "other": _("Afterwards other things were changed"),
}
