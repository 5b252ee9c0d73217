"""From the proposal to the hand that takes the result, and back again when it is wrong."""

from typing import Any

from documents.models import Document
from documents.operations.batches import complete, sign
from documents.operations.issuing import revoke
from documents.operations.route import approve, check_format, return_document, review
from documents.states import DocumentState
from portal.accounts.models import User
from services import errors
from services.kinds import Channel, StepRole
from services.models import Correction, Dossier, WorkItem
from services.operations.confirming import confirm_draft, object_to_draft, take_back_draft
from services.operations.correcting import ask_correction, begin_correction, decline_correction
from services.operations.proposing import propose_result
from services.operations.results import hand_out
from services.queries.corrections import is_correctable
from services.queries.signers import signers_of
from services.states import Capability, CorrectionState, Stage, State
from tests.services.walk.deed import deed
from tests.services.walk.who import (
    at_work,
    dossiers,
    heads,
    holders,
    items,
    party,
    shown,
    shown_of_step,
    someone,
    today,
)
from tests.services.walk.world import World

S = DocumentState
BEFORE_ISSUE = frozenset({S.SUBMITTED, S.REVIEWED, S.CHECKED, S.APPROVED, S.SIGNED, S.NUMBERED, S.SEALED})


def _proposers(world: World, item: WorkItem) -> list[User]:
    return holders(world, item) if at_work(item) and item.role == StepRole.SPECIALIST else []


@deed(items, _proposers, able=shown_of_step("propose"), excused=(errors.NoSignerError,))
def propose(world: World, item: WorkItem, actor: User, pick: int) -> Dossier:
    signers = signers_of(item.dossier.competent_unit_id, today(world))
    if not signers:
        raise errors.NoSignerError
    text = someone(["Điều 1. Đồng ý.", "Điều 1. Chấp thuận."], pick)
    return propose_result(item=item, signer=someone(signers, pick), text=text, actor=actor, now=world.tick())


def _readers(world: World, dossier: Dossier) -> list[User]:
    return party(world, dossier) if dossier.stage == Stage.AWAITING_CITIZEN else []


@deed(dossiers, _readers, able=shown("confirm"))
def agree(world: World, dossier: Dossier, actor: User, _pick: int) -> Dossier:
    return confirm_draft(dossier=dossier, actor=actor, now=world.tick())


@deed(dossiers, _readers, able=shown("object"), excused=(errors.NoReasonError,))
def object_to(world: World, dossier: Dossier, actor: User, pick: int) -> Dossier:
    return object_to_draft(dossier=dossier, text="Sai ngày" if pick % 7 else "", actor=actor, now=world.tick())


def _askers(world: World, item: WorkItem) -> list[User]:
    return holders(world, item) if item.dossier.stage == Stage.AWAITING_CITIZEN else []


@deed(items, _askers, able=shown_of_step("recall"))
def take_back(world: World, item: WorkItem, actor: User, _pick: int) -> Dossier:
    return take_back_draft(item=item, actor=actor, now=world.tick())


def documents(world: World) -> list[Document]:
    return [row for row in (world.look.document(one) for one in world.look.dossiers) if row]


def _at(*states: DocumentState, posts: tuple[str, ...]) -> Any:
    def who(world: World, document: Document) -> list[User]:
        if document.state not in states:
            return []
        return [
            one.user for one in world.officers if one.unit_id == document.unit_id and one.assignment.post.code in posts
        ]

    return who


def _signer(world: World, document: Document) -> list[User]:
    if document.state not in {S.CHECKED, S.APPROVED}:
        return []
    return [one.user for one in world.officers if one.assignment.pk == document.signer_id]


def _do(operation: Any, world: World, document: Document, actor: User, **more: Any) -> Any:
    return operation(document=document, revision=document.revision, actor=actor, now=world.tick(), **more)


@deed(documents, _at(S.SUBMITTED, posts=("centre-deputy-director",)))
def review_content(world: World, document: Document, actor: User, _pick: int) -> Any:
    return _do(review, world, document, actor)


@deed(documents, _at(S.REVIEWED, posts=("clerk",)))
def check_form(world: World, document: Document, actor: User, _pick: int) -> Any:
    return _do(check_format, world, document, actor)


@deed(documents, lambda world, one: _signer(world, one) if one.state == S.CHECKED else [])
def approve_content(world: World, document: Document, actor: User, _pick: int) -> Any:
    return _do(approve, world, document, actor)


@deed(documents, _signer)
def order_signature(world: World, document: Document, actor: User, _pick: int) -> Any:
    return _do(sign, world, document, actor)


@deed(documents, _at(S.SIGNED, S.NUMBERED, S.SEALED, posts=("clerk",)))
def order_number_and_seal(world: World, document: Document, actor: User, _pick: int) -> Any:
    return _do(complete, world, document, actor)


def _senders_back(world: World, document: Document) -> list[User]:
    """Seldom, or nothing would be issued."""
    if len(world.look.items) % 3:
        return []
    able: list[User] = _at(*BEFORE_ISSUE, posts=("commune-chair", "clerk"))(world, document)
    return able


@deed(documents, _senders_back)
def send_draft_back(world: World, document: Document, actor: User, _pick: int) -> Any:
    return _do(return_document, world, document, actor, reason="Sai tên")


@deed(
    documents,
    lambda world, one: _at(S.ISSUED, posts=("commune-chair",))(world, one) if len(world.look.items) == 4 else [],
)
def revoke_alone(world: World, document: Document, actor: User, _pick: int) -> Any:
    """Without a correction: the dossier keeps its state."""
    return _do(revoke, world, document, actor, reason="Cấp không đúng thẩm quyền")


def _hands(world: World, dossier: Dossier) -> list[User]:
    there = dossier.state == State.DECIDED and dossier.stage in {Stage.READY_FOR_PICKUP, Stage.IN_POST}
    return world.able(Capability.RETURN, dossier.returning_unit_id) if there else []


@deed(dossiers, _hands, able=shown("return"))
def hand_over_result(world: World, dossier: Dossier, actor: User, pick: int) -> Dossier:
    channel = someone([Channel.DESK, Channel.POST], pick)
    return hand_out(dossier=dossier, channel=channel, receiver="Vàng Thị Dở", actor=actor, now=world.tick())


def _finders(world: World, dossier: Dossier) -> list[User]:
    open_rows = [row for row in world.look.corrections if row.state in {"asked", "begun"}]
    if not is_correctable(dossier) or any(row.dossier_id == dossier.pk for row in open_rows):
        return []
    return [*party(world, dossier), *world.able(Capability.PROCESS, dossier.competent_unit_id)]


@deed(dossiers, _finders)
def find_mistake(world: World, dossier: Dossier, actor: User, pick: int) -> object:
    return ask_correction(dossier=dossier, wrong="Sai năm sinh" if pick % 7 else "", actor=actor, now=world.tick())


def _judges(world: World, correction: Correction) -> list[User]:
    return heads(world, correction.dossier) if correction.state == CorrectionState.ASKED else []


def corrections(world: World) -> list[Correction]:
    return world.look.corrections


@deed(corrections, _judges)
def begin_anew(world: World, correction: Correction, actor: User, _pick: int) -> object:
    return begin_correction(correction=correction, actor=actor, now=world.tick())


@deed(corrections, _judges)
def find_nothing_wrong(world: World, correction: Correction, actor: User, pick: int) -> object:
    reason = "Giấy đúng" if pick % 7 else ""
    return decline_correction(correction=correction, reason=reason, actor=actor, now=world.tick())
