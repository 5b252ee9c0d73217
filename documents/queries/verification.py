"""What anybody with a verification code may know: what was issued, and whether it is still in force."""

from dataclasses import dataclass

from django.db import transaction

from documents.codes import normal
from documents.kinds import VersionKind
from documents.models import Document, DocumentVersion
from portal.isolation import Purpose, scope


@dataclass(frozen=True, slots=True)
class Issued:
    document: Document
    version: DocumentVersion
    successor: Document | None  # what replaced it


def issued_by_code(code: str) -> Issued | None:
    """None for a code that never was, or whose document is not issued yet: nobody learns which."""
    with transaction.atomic(), scope(purpose=Purpose.VERIFICATION):
        document = Document.objects.filter(code=normal(code)).select_related("replaced_by").first()
        if document is None:
            return None
        versions = DocumentVersion.objects.filter(document=document, kind=VersionKind.SEALED)
        version = versions.order_by("-seq").first()
        return Issued(document, version, document.replaced_by) if version else None
