from services.models.catalogue import DeclarationForm, Procedure, ProcedureVersion, ProcedureVersionQuerySet

__all__ = ["DeclarationForm", "Procedure", "ProcedureVersion", "ProcedureVersionQuerySet"]
