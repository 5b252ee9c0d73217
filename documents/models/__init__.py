"""What this app keeps, one module per part."""

from documents.models.certificates import Certificate, SignatureRecord, TrustAnchor
from documents.models.files import Blob, StoredFile
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
    "OrganAbbreviation",
    "RegisterBook",
    "RegisterEntry",
    "RegisterRemark",
    "SeriesRule",
    "SignatureRecord",
    "StoredFile",
    "TrustAnchor",
]
