from services.models.evidence import Evidence, SubjectKind

__all__ = ["Evidence", "SubjectKind"]
