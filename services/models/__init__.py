"""Procedures, what is asked of registers, and what is filed."""

from services.models.catalogue import DeclarationForm, Procedure, ProcedureVersion, ProcedureVersionQuerySet
from services.models.evidence import Evidence, SubjectKind

__all__ = [
    "DeclarationForm",
    "Evidence",
    "Procedure",
    "ProcedureVersion",
    "ProcedureVersionQuerySet",
    "SubjectKind",
]
