"""Issued results: one's own, and those that a dossier may use again instead of asking for them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from documents.kinds import VersionKind, is_result_code
from documents.models import DocumentVersion, IssuedResult, owner_index
from documents.models.results import IssuedResultQuerySet
from documents.states import ResultState
from portal.accounts.models import User
from portal.isolation import Purpose, scope

MOST = 20


@dataclass(frozen=True, slots=True)
class Known:
    """What is told of a result to whoever handles its owner's dossier. The file is another question."""

    result_id: UUID
    document_id: UUID
    unit_id: int
    result_code: str
    number: str
    dated_on: date
    issued_at: datetime
    valid_from: date | None
    valid_until: date | None
    state: ResultState
    is_usable: bool
    owner_id: UUID | None  # their account, so that they see that somebody looked


def find_for_reuse(*, owner_number: str, result_code: str = "", on: date) -> list[Known]:
    """Results of this very owner, at whichever organ, newest first; those no longer in force are said to be.

    Whoever asks knows the whole number already, from the dossier in their hands; they record why they looked. Without a
    code it is every result of theirs. There is no way to ask for a code alone: that would list its people.
    """
    if not owner_number or (result_code and not is_result_code(result_code)):
        return []
    found = IssuedResult.objects.of_owner(owner_index(owner_number))
    if result_code:
        found = found.filter(result_code=result_code)
    with transaction.atomic(), scope(purpose=Purpose.REUSE):
        rows = list(found.order_by("-issued_at", "id")[:MOST])
    return [_known(row, on) for row in rows]


def own_results(user: User) -> IssuedResultQuerySet:
    """For "giấy tờ của tôi", newest first."""
    return IssuedResult.objects.filter(owner=user).order_by("-issued_at", "id")


def _known(row: IssuedResult, on: date) -> Known:
    return Known(
        result_id=row.pk,
        document_id=row.document_id,
        unit_id=row.unit_id,
        result_code=row.result_code,
        number=row.number,
        dated_on=row.dated_on,
        issued_at=row.issued_at,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        state=ResultState(row.state),
        is_usable=row.is_usable(on),
        owner_id=row.owner_id,
    )


def sealed_files(document_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Document -> the file that was issued, of those that the asker may see."""
    rows = DocumentVersion.objects.filter(document_id__in=document_ids, kind=VersionKind.SEALED).order_by("seq", "id")
    return dict(rows.values_list("document_id", "file_id"))
