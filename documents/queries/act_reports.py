"""The report on an act of reorganisation: a document whose origin is the act."""

from documents.models import Document, RouteStep
from documents.policies import ACT, ACT_REPORT
from documents.states import DocumentState
from units.models import ReorgEvent


def report_of(act: ReorgEvent) -> Document | None:
    """As far as this reader's scope reaches. One that was cancelled counts only when there is no other."""
    found = Document.objects.filter(origin_type=ACT, origin_id=str(act.pk), layout_code=ACT_REPORT)
    rows = list(found.order_by("-drafted_at", "id")[:20])
    return next((row for row in rows if row.state != DocumentState.CANCELLED), rows[0] if rows else None)


def may_be_drafted_anew(report: Document) -> bool:
    """It was returned to its drafter, which is the portal, or cancelled."""
    return report.state in {DocumentState.DRAFT, DocumentState.CANCELLED}


def why_returned(report: Document) -> str:
    """In the words of who returned or cancelled it last."""
    last = RouteStep.objects.filter(document=report).exclude(note="").order_by("-revision", "-id").first()
    return last.note if last else ""
