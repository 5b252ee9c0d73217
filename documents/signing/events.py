"""Facts about certificates, authorities and signatures; people are named by ids."""

from enum import StrEnum


class Fact(StrEnum):
    CERTIFICATE_REGISTERED = "documents.certificate.registered"  # fingerprint, holder, backend, until, trial
    CERTIFICATE_SUSPENDED = "documents.certificate.suspended"  # reason
    CERTIFICATE_RESUMED = "documents.certificate.resumed"  # reason
    CERTIFICATE_REVOKED = "documents.certificate.revoked"  # reason
    ANCHOR_TRUSTED = "documents.anchor.trusted"  # fingerprint, hosts, trial
    ANCHOR_REMOVED = "documents.anchor.removed"  # reason
    SIGNATURE_MADE = "documents.signature.made"  # certificate, field, level, before, after
