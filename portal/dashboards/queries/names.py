"""Names beside figures."""

from collections.abc import Iterable
from uuid import UUID

from services.models import ProcedureVersion
from staff.models import Person


def procedures(ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Code and newest name of each."""
    rows = ProcedureVersion.objects.filter(procedure__in=list(ids)).order_by("procedure_id", "valid", "id")
    told = rows.values_list("procedure_id", "procedure__code", "name_vi")
    return {procedure: (code, name) for procedure, code, name in told}


def officers(ids: Iterable[UUID]) -> dict[UUID, str]:
    """By account; only of those whom this scope may see."""
    rows = Person.objects.filter(user__in=list(ids)).values_list("user_id", "name")
    return {user: name for user, name in rows if user is not None}
