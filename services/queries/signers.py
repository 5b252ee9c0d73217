"""Who may sign the results of a unit by their own post, and as what."""

from datetime import date

from documents.capacities import own_capacities
from services.errors import NoSignerError
from services.outcomes.kinds import Signer
from staff.models import Assignment

MOST = 50


def signers_of(unit_id: int, on: date) -> list[Signer]:
    """Heads before deputies. NĐ 30/2020 Đ.13.1"""
    rows = Assignment.objects.at_unit(unit_id).on(on).filter(user__isnull=False).select_related("person", "post")
    found = []
    for row in rows.order_by("id")[:MOST]:
        capacities = own_capacities(row.post.code, on)
        if capacities:
            found.append(Signer(row.pk, capacities[0], row.person.name, row.post.name))
    return sorted(found, key=lambda signer: (signer.capacity.value != "", signer.assignment_id))


def signer_of(unit_id: int, assignment_id: int, on: date) -> Signer:
    """Raises NoSignerError."""
    found = next((one for one in signers_of(unit_id, on) if one.assignment_id == assignment_id), None)
    if found is None:
        raise NoSignerError
    return found
