"""One noun for each deed on a document: POST, once, on the version that was read; the same operations as the pages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from documents.api import document_answers as answers
from documents.api import schemas
from documents.api.base import DOCUMENT_ID, PATH, DocumentAddress, last_change, require_proof, seen
from documents.api.documents import TAGS
from documents.api.draft_bodies import uuid_of
from documents.models import Document, SigningItem
from documents.operations import batches, issuing, route
from documents.states import TRANSITIONS, Action
from portal.api import bodies
from portal.api.base import WritingView
from portal.api.bodies import Body
from portal.api.problems import Fault, Kind, Problem

NOTE = bodies.text(
    "note", _("A word for whoever is next."), longest=1000, shortest=0, required=False, default="",
    example="Mended as you asked.",
)  # fmt: skip
REASON = bodies.text("reason", _("Why; it stays with the document."), longest=500, example="A legal ground is missing.")
NOTED = Body("DocumentNote", NOTE)
REASONED = Body("DocumentReason", REASON)
SUCCESSOR = Body("DocumentReplacement", uuid_of("byId", _("The issued document that takes its place.")))


@dataclass(frozen=True, slots=True)
class Deed:
    """`name` is the operation's in the description. An order is done by a worker; its batch tells how it went."""

    action: Action
    do: Callable[..., Any]
    name: str
    summary: str | Promise
    body: Body = bodies.EMPTY
    is_order: bool = False


A = Action
DEEDS: dict[str, Deed] = {
    "submissions": Deed(A.SUBMIT, route.submit_for_review, "submitDocument", _("Submit for review"), NOTED),
    "withdrawals": Deed(A.WITHDRAW, route.withdraw, "withdrawDocument", _("Take back from review"), NOTED),
    "reviews": Deed(A.REVIEW, route.review, "reviewDocument", _("Answer for the content"), NOTED),
    "checks": Deed(A.CHECK, route.check_format, "checkDocument", _("Answer for the form"), NOTED),
    "approvals": Deed(A.APPROVE, route.approve, "approveDocument", _("Approve it for signature"), NOTED),
    "returns": Deed(A.RETURN, route.return_document, "returnDocument", _("Return it to its drafter"), REASONED),
    "cancellations": Deed(A.CANCEL, route.cancel_draft, "cancelDocument", _("Cancel the draft"), REASONED),
    "signatures": Deed(A.SIGN, batches.sign, "signDocument", _("Order the signature"), is_order=True),
    "numbers": Deed(A.NUMBER, batches.number, "numberDocument", _("Order number and date"), is_order=True),
    "seals": Deed(A.SEAL, batches.seal, "sealDocument", _("Order the seal"), is_order=True),
    "completions": Deed(
        A.NUMBER, batches.complete, "completeDocument", _("Order number, seal and issue in one"), is_order=True
    ),
    "issues": Deed(A.ISSUE, issuing.issue, "issueDocument", _("Issue a sealed document")),
    "revocations": Deed(A.REVOKE, issuing.revoke, "revokeDocument", _("Revoke an issued document"), REASONED),
    "replacements": Deed(A.REPLACE, issuing.replace, "replaceDocument", _("Say what took its place"), SUCCESSOR),
}
DONE = _("The document as it is afterwards, with what you may do next.")
ORDERED = _("Ordered, and done by a worker: read the batch until nothing waits. Needs a recent second factor.")


class DocumentDeed(DocumentAddress, WritingView):
    path_parameters = (DOCUMENT_ID,)
    must_match = frozenset({"POST"})
    deed: Deed

    def found(self, pk: UUID) -> Document:
        return self.existing(seen(self.principal), last=last_change, pk=pk)

    def done(self, pk: UUID) -> Response:
        document = self.found(pk)
        given = self._given()
        revision, now = document.revision, self.now
        document = self.deed.do(document=document, revision=revision, actor=self.principal, now=now, **given)
        shown = answers.detail(document, self.principal)
        return self.answer(shown, status=201, row=document, location=f"{PATH}/documents/{document.pk}")

    def ordered(self, pk: UUID) -> Response:
        require_proof(self, self.now)
        document = self.found(pk)
        item: SigningItem = self.deed.do(
            document=document, revision=document.revision, actor=self.principal, now=self.now
        )
        place = f"{PATH}/document-batches/{item.batch_id}"
        return self.answer(answers.batch_with_items(item.batch), status=202, location=place)

    def _given(self) -> Mapping[str, Any]:
        if "byId" not in self.data:
            return self.data
        by = seen(self.principal).filter(pk=self.data["byId"]).first()
        if by is None:
            raise Problem(Kind.NOT_POSSIBLE, errors=[Fault("/byId", "unknown", str(_NOBODY), where="body")])
        return {"by": by}


_NOBODY = _("You see no document with this key.")


def _view(chosen: Deed) -> type[DocumentDeed]:
    """The address of one deed; its right opens it to programs where their kind may hold it at all."""
    status, shape = (202, schemas.DocumentBatchSerializer) if chosen.is_order else (201, schemas.DocumentSerializer)

    class View(DocumentDeed):
        deed = chosen
        capability = TRANSITIONS[chosen.action].capability
        bodies = {} if chosen.body is bodies.EMPTY else {"POST": chosen.body}

        @extend_schema(
            operation_id=chosen.name,
            tags=TAGS,
            summary=chosen.summary,
            description=ORDERED if chosen.is_order else DONE,
            responses={status: shape},
        )
        def post(self, request: Request, pk: UUID) -> Response:
            return self.ordered(pk) if chosen.is_order else self.done(pk)

    return View


VIEWS = {noun: _view(deed) for noun, deed in DEEDS.items()}
