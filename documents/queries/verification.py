"""What anybody with a verification code may know: what was issued, and whether it is still in force."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from documents.codes import LENGTH, normal
from documents.kinds import VersionKind
from documents.models import Document, DocumentVersion, RouteStep
from documents.states import ISSUED_ONCE, Action, DocumentState
from portal.isolation import Purpose, scope


@dataclass(frozen=True, slots=True)
class Issued:
    document: Document
    version: DocumentVersion
    successor: Document | None  # what replaced it
    ended_at: datetime | None = None  # when it was revoked or replaced


ENDED = {DocumentState.REVOKED: Action.REVOKE, DocumentState.REPLACED: Action.REPLACE}
SHOWN = (
    "code", "unit_id", "type_code", "layout_on", "subject", "state", "number", "dated_on", "issued_at", "ended_reason",
    "valid_from", "valid_until", "owner_index", "replaced_by__code", "replaced_by__number",
)  # fmt: skip  # all that the page needs: no content, no owner, no file


def issued_by_code(code: str) -> Issued | None:
    """None for a code that never was, or whose document is not issued yet: nobody learns which."""
    wanted = normal(code)
    if len(wanted) != LENGTH:
        return None
    with transaction.atomic(), scope(purpose=Purpose.VERIFICATION):
        found = Document.objects.filter(code=wanted, state__in=ISSUED_ONCE).select_related("replaced_by")
        document = found.only(*SHOWN).first()
        if document is None:
            return None
        versions = DocumentVersion.objects.filter(document=document, kind=VersionKind.SEALED)
        version = versions.only("document_id", "sha256", "report").order_by("-seq").first()
        if version is None:
            return None
        return Issued(document, version, document.replaced_by, _ended_at(document))


def _ended_at(document: Document) -> datetime | None:
    action = ENDED.get(DocumentState(document.state))
    steps = RouteStep.objects.filter(document=document, action=action).order_by("-revision", "-id")
    return steps.values_list("at", flat=True).first() if action else None
