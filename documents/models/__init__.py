"""Models by part of the app."""

from documents.models.files import Blob, Cleared, StoredFile

__all__ = ["Blob", "Cleared", "StoredFile"]
