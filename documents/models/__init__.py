"""What this app keeps, one module per part."""

from documents.models.certificates import Certificate, SignatureRecord, TrustAnchor
from documents.models.files import Blob, Cleared, StoredFile
from documents.models.registers import (
    OrganAbbreviation,
    RegisterBook,
    RegisterEntry,
    RegisterRemark,
    SeriesRule,
)

__all__ = [
    "Blob",
    "Certificate",
    "Cleared",
    "OrganAbbreviation",
    "RegisterBook",
    "RegisterEntry",
    "RegisterRemark",
    "SeriesRule",
    "SignatureRecord",
    "StoredFile",
    "TrustAnchor",
]
