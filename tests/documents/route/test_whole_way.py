"""A document's way from draft to issue, each step by the one whose post brings it."""

from django.utils import timezone

from documents.models import DocumentVersion, RouteStep
from documents.states import DocumentState
from portal.events import Event
from tests.cast import Cast
from tests.documents.route.build import NOW, brought_to


def test_a_document_goes_from_draft_to_issue(people: Cast) -> None:
    document = brought_to(people, DocumentState.ISSUED)
    assert document.number == "01/QĐ-UBND"
    assert document.dated_on == timezone.localdate(NOW)
    assert document.issued_at is not None
    kinds = list(DocumentVersion.objects.filter(document=document).order_by("seq").values_list("kind", flat=True))
    assert kinds == ["draft", "prepared", "signed", "numbered", "sealed"]


def test_every_step_is_kept_in_order_and_told(people: Cast) -> None:
    document = brought_to(people, DocumentState.ISSUED)
    steps = list(RouteStep.objects.filter(document=document).order_by("revision").values_list("action", flat=True))
    assert steps == ["draft", "submit", "review", "check", "approve", "sign", "number", "seal", "issue"]
    told = [event.name.split(".")[-1] for event in Event.objects.about("documents.document", document.pk)]
    assert told == ["drafted", "submitted", "reviewed", "checked", "approved", "signed", "numbered", "sealed", "issued"]
