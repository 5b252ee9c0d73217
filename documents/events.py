"""Facts that this app records; people are named by ids."""

from enum import StrEnum


class Fact(StrEnum):
    FILE_MADE = "documents.file.made"  # sha256, size, media type
    FILE_UPLOADED = "documents.file.uploaded"  # sha256, size, media type, kind, what cleared it
    FILE_CLEARED = "documents.file.cleared"
    FILE_REFUSED = "documents.file.refused"
    FILE_SHARED = "documents.file.shared"  # units that were added
