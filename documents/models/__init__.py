"""What this app keeps, one module per part."""

from documents.models.batches import SigningBatch, SigningItem
from documents.models.certificates import Certificate, SignatureRecord, TrustAnchor
from documents.models.documents import Document, DocumentVersion, Recipient, RouteStep, owner_index
from documents.models.files import Blob, Cleared, RemovedContent, StoredFile
from documents.models.partial import PartialUpload, UploadPart
from documents.models.registers import (
    OrganAbbreviation,
    RegisterBook,
    RegisterEntry,
    RegisterRemark,
    SeriesRule,
)
from documents.models.results import IssuedResult

__all__ = [
    "Blob",
    "Certificate",
    "Cleared",
    "Document",
    "DocumentVersion",
    "IssuedResult",
    "OrganAbbreviation",
    "PartialUpload",
    "Recipient",
    "RegisterBook",
    "RegisterEntry",
    "RegisterRemark",
    "RemovedContent",
    "RouteStep",
    "SeriesRule",
    "SignatureRecord",
    "SigningBatch",
    "SigningItem",
    "StoredFile",
    "TrustAnchor",
    "UploadPart",
    "owner_index",
]
