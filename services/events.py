"""Facts that this app records."""

from enum import StrEnum


class Fact(StrEnum):
    PROCEDURE_PUBLISHED = "services.procedure.published"  # code, version, decision, from, replaces, form
    PROCEDURE_WITHDRAWN = "services.procedure.withdrawn"  # code, version, until, decision
    CATALOGUE_LOADED = "services.catalogue.loaded"  # digest, published, in_name
