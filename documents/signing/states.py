"""Certificates and authorities in their lives. Pure data."""

from collections.abc import Mapping
from enum import StrEnum

from documents.signing.events import Fact


class CertificateState(StrEnum):
    REGISTERED = "registered"
    SUSPENDED = "suspended"
    REVOKED = "revoked"


class AnchorState(StrEnum):
    TRUSTED = "trusted"
    REMOVED = "removed"


class Capability(StrEnum):
    CERTIFICATE_REGISTER = "documents.certificate.register"
    CERTIFICATE_REVOKE = "documents.certificate.revoke"
    ANCHOR_EDIT = "documents.anchor.edit"


class Action(StrEnum):
    SUSPEND = "suspend"
    RESUME = "resume"
    REVOKE = "revoke"


S = CertificateState
# action -> sources, target, capability, event. Expiry is no state: it follows from the days in the certificate.
TRANSITIONS: Mapping[Action, tuple[frozenset[CertificateState], CertificateState, Capability, Fact]] = {
    Action.SUSPEND: (
        frozenset({S.REGISTERED}), S.SUSPENDED, Capability.CERTIFICATE_REVOKE, Fact.CERTIFICATE_SUSPENDED,
    ),
    Action.RESUME: (
        frozenset({S.SUSPENDED}), S.REGISTERED, Capability.CERTIFICATE_REVOKE, Fact.CERTIFICATE_RESUMED,
    ),
    Action.REVOKE: (
        frozenset({S.REGISTERED, S.SUSPENDED}), S.REVOKED, Capability.CERTIFICATE_REVOKE, Fact.CERTIFICATE_REVOKED,
    ),
}  # fmt: skip  # a table
