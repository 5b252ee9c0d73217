"""A document as the draft it was made of: whoever changes a part of it keeps the rest."""

from documents.drafts import RECIPIENTS_LIMIT, Draft, Origin, Owner, RecipientLine
from documents.kinds import Capacity, RecipientKind, Urgency
from documents.models import Document, Recipient


def draft_of(document: Document) -> Draft:
    rows = Recipient.objects.filter(document=document).order_by("place")[:RECIPIENTS_LIMIT]
    number = document.owner_number
    return Draft(
        unit_id=document.unit_id,
        type_code=document.type_code,
        layout=document.layout_code,
        subject=document.subject,
        signer_id=document.signer_id,
        content=document.content,
        recipients=tuple(
            RecipientLine(name=row.name, kind=RecipientKind(row.kind), unit_id=row.unit_id) for row in rows
        ),
        capacity=Capacity(document.capacity),
        division=document.division,
        urgency=Urgency(document.urgency),
        secrecy=document.secrecy,
        due_at=document.due_at,
        owner=Owner(number=number, user_id=document.owner_id) if number else None,
        result_code=document.result_code,
        valid_from=document.valid_from,
        valid_until=document.valid_until,
        origin=Origin(type=document.origin_type, id=document.origin_id) if document.origin_type else None,
        replaces=document.replaces_id,
    )
