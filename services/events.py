"""Facts that this app records; people are named by ids, texts stay in their rows."""

from enum import StrEnum


class Fact(StrEnum):
    SOURCE_ASKED = "services.source.asked"  # source, query, purpose, fields, about, component, procedure
    SOURCE_ANSWERED = "services.source.answered"  # source, query, purpose, outcome, reason, fields (names only)
    EVIDENCE_MOVED = "services.evidence.moved"  # to which dossier, which units may see it now
    EVIDENCE_FORGOTTEN = "services.evidence.forgotten"  # how many rows of a draft that came to nothing
    PROCEDURE_PUBLISHED = "services.procedure.published"  # code, version, decision, from, replaces, form
    PROCEDURE_WITHDRAWN = "services.procedure.withdrawn"  # code, version, until, decision
    CATALOGUE_LOADED = "services.catalogue.loaded"  # digest, published, in_name
