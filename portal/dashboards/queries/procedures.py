"""Procedures by their codes, for filters."""

from services.models import Procedure

NONE = -1


def procedure_of(code: str) -> int | None:
    """Its id; for an unknown code one that no procedure has, so that nothing is counted instead of everything."""
    if not code:
        return None
    found = Procedure.objects.filter(code=code).values_list("pk", flat=True).first()
    return found if found is not None else NONE


def code_of(procedure: int) -> str:
    return Procedure.objects.filter(pk=procedure).values_list("code", flat=True).first() or ""
