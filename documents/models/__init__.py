"""What this app keeps, one module per part."""

from documents.models.certificates import Certificate, SignatureRecord, TrustAnchor
from documents.models.registers import (
    OrganAbbreviation,
    RegisterBook,
    RegisterEntry,
    RegisterRemark,
    SeriesRule,
)

__all__ = [
    "Certificate",
    "OrganAbbreviation",
    "RegisterBook",
    "RegisterEntry",
    "RegisterRemark",
    "SeriesRule",
    "SignatureRecord",
    "TrustAnchor",
]
