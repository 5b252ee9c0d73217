"""Names beside figures."""

from collections.abc import Iterable
from uuid import UUID

from portal.dashboards.queries.reading import Question, answer
from services.models import ProcedureVersion
from staff.models import Person

Names = dict[int, tuple[str, str]]


def ask_procedures(ids: Iterable[int]) -> Question[Names]:
    """Code and newest name of each."""
    rows = ProcedureVersion.objects.filter(procedure__in=list(ids)).order_by("procedure_id", "valid", "id")
    told = rows.values("procedure_id", "procedure__code", "name_vi")
    return Question(
        told, lambda found: {row["procedure_id"]: (row["procedure__code"], row["name_vi"]) for row in found}
    )


def procedures(ids: Iterable[int]) -> Names:
    return answer(ask_procedures(ids))


def ask_officers(ids: Iterable[UUID]) -> Question[dict[UUID, str]]:
    """By account; only of those whom this scope may see."""
    rows = Person.objects.filter(user__in=list(ids)).values("user_id", "name")
    return Question(rows, lambda found: {UUID(row["user_id"]): row["name"] for row in found})
