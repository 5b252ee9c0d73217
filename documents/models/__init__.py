from documents.models.registers import (
    OrganAbbreviation,
    RegisterBook,
    RegisterEntry,
    RegisterRemark,
    SeriesRule,
)

__all__ = ["OrganAbbreviation", "RegisterBook", "RegisterEntry", "RegisterRemark", "SeriesRule"]
