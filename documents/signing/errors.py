"""Why nothing was signed. The file that was to be signed is as it was, in every case."""

from django.utils.translation import gettext_lazy as _


class SigningError(Exception):
    """`retry` says whether the same deed may succeed later, without anybody doing anything."""

    code = "signing-failed"
    retry = False
    message = _("Nothing was signed. The document is as it was.")

    def __init__(self, detail: str = "") -> None:
        self.detail = detail  # for operators, in English; never shown to people
        super().__init__(detail)

    def __str__(self) -> str:
        return str(self.message)


class CertificateRefusedError(SigningError):
    code = "certificate-refused"
    message = _(
        "The certificate may not be used: it is not registered, has expired, was suspended or revoked, or its status is"
        " not known. Nothing was signed. Ask the administrator to look at the certificate."
    )


class TrustServiceAwayError(SigningError):
    code = "trust-service-away"
    retry = True
    message = _(
        "The time-stamping or certificate status service does not answer. Nothing was signed; the document is as it"
        " was. Signing is tried again."
    )


class SignerAwayError(SigningError):
    code = "signer-away"
    retry = True
    message = _("The signing device or service does not answer. Nothing was signed. Signing is tried again.")


class SignerRefusedError(SigningError):
    code = "signer-refused"
    message = _(
        "The signing device or service refused: the PIN is wrong, or the key is not there. Nothing was signed."
        " Check the device, then sign again."
    )


class ClocksDisagreeError(SigningError):
    code = "clocks-disagree"
    retry = True
    message = _("The time of this system and of the time-stamp differ by minutes. Nothing was signed.")


class NotPreparedError(SigningError):
    code = "not-prepared"
    message = _("The PDF has no empty place for this signature. Nothing was signed. Make the document anew.")


class NotReadyToSealError(SigningError):
    code = "not-ready-to-seal"
    message = _(
        "The organ's seal comes last: after every person has signed and number and date are filled in. Nothing was"
        " sealed."
    )


class UnreadableError(SigningError):
    code = "unreadable"
    message = _("This is no PDF that can be read. It may be damaged, encrypted or too large.")


class UnprintableError(SigningError):
    code = "unprintable"
    message = _("The text has letters that the document's typeface lacks. Nothing was filled in.")


class RegistryError(Exception):
    """Why nothing changed in the list of certificates or authorities."""

    message = _("This is not possible. Nothing was saved.")

    def __str__(self) -> str:
        return str(self.message)


class NotAllowedError(RegistryError):
    message = _("You have no right to do this at this unit. Nothing was saved.")


class WrongStateError(RegistryError):
    message = _("The certificate is in another state by now. Nothing was saved. Open its page again.")


class NoReasonError(RegistryError):
    message = _("Say why. Nothing was saved.")


class NoCertificateError(RegistryError):
    message = _("This is no certificate that can be read, or its picture is no transparent PNG. Nothing was saved.")


class KnownCertificateError(RegistryError):
    message = _("This certificate is in the list already. Nothing was saved.")


class UntrustedCertificateError(RegistryError):
    message = _(
        "The certificate is not for signing, has expired, or does not come from an authority that is trusted here."
        " Nothing was saved."
    )


class TrialRefusedError(RegistryError):
    message = _("Trial certificates and trial authorities are refused here. Nothing was saved.")


class UnknownBackendError(RegistryError):
    message = _("There is no signing device or service of this name. Nothing was saved.")
