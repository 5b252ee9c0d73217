"""Facts that this app records; people are named by ids."""

from enum import StrEnum


class Fact(StrEnum):
    FILE_MADE = "documents.file.made"  # sha256, size, media type
    UPLOAD_BEGUN = "documents.upload.begun"  # sha256, size
    UPLOADS_CLEARED = "documents.upload.cleared"  # how many never arrived whole
    FILE_UPLOADED = "documents.file.uploaded"  # sha256, size, media type, kind, what cleared it
    FILE_CLEARED = "documents.file.cleared"
    FILE_REFUSED = "documents.file.refused"
    FILE_REMOVED = "documents.file.removed"  # sha256, size, ground
    FILE_SHARED = "documents.file.shared"  # units that were added
    FILE_SHARED_NO_MORE = "documents.file.shared_no_more"  # units that read it no longer
    DOCUMENT_DRAFTED = "documents.document.drafted"  # type, layout, origin
    DOCUMENT_REVISED = "documents.document.revised"  # revision
    DOCUMENT_SUBMITTED = "documents.document.submitted"  # version
    DOCUMENT_WITHDRAWN = "documents.document.withdrawn"
    DOCUMENT_REVIEWED = "documents.document.reviewed"
    DOCUMENT_CHECKED = "documents.document.checked"
    DOCUMENT_APPROVED = "documents.document.approved"
    DOCUMENT_RETURNED = "documents.document.returned"  # voided entry
    DOCUMENT_CANCELLED = "documents.document.cancelled"
    ACT_REPORT_ASKED_FOR = "documents.document.asked_for"  # act, legal_no: the report on it is drafted anew
    DOCUMENT_CALLED_OFF = "documents.document.called_off"  # origin, voided number
    DOCUMENT_SIGNED = "documents.document.signed"  # version, capacity, certificate, delegation
    DOCUMENT_NUMBERED = "documents.document.numbered"  # number, dated_on, entry
    DOCUMENT_SEALED = "documents.document.sealed"  # version, certificate
    DOCUMENT_ISSUED = "documents.document.issued"  # number, dated_on, origin, result code, sha256
    DOCUMENT_REPLACED = "documents.document.replaced"  # by
    DOCUMENT_REVOKED = "documents.document.revoked"
    BATCH_CONFIRMED = "documents.batch.confirmed"  # goal, how many
    BATCH_CANCELLED = "documents.batch.cancelled"  # how many were left
    ITEM_ORDERED = "documents.item.ordered"  # document, goal
    ITEM_DONE = "documents.item.done"
    ITEM_FAILED = "documents.item.failed"
    ITEM_CANCELLED = "documents.item.cancelled"
    RESULT_ENTERED = "documents.result.entered"  # document, result code
    RESULTS_SEARCHED = "documents.result.searched"  # purpose, dossier, result code, how many
    RESULT_REPLACED = "documents.result.replaced"
    RESULT_REVOKED = "documents.result.revoked"
