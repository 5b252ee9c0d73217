"""Procedures, drafts, dossiers, and what belongs to them."""

from services.models.batches import BatchItem, DossierBatch
from services.models.catalogue import DeclarationForm, Procedure, ProcedureVersion, ProcedureVersionQuerySet
from services.models.clock import ClockEntry
from services.models.confirmations import Confirmation
from services.models.covers import CoveredStep, LeaveCover
from services.models.dossiers import CodeCounter, Dossier
from services.models.drafts import Draft
from services.models.evidence import Evidence, SubjectKind
from services.models.lists import ListExport, SavedFilter
from services.models.papers import Attachment, Component, PrintedForm, Proof
from services.models.sealed import Answers
from services.models.talk import From, Message, Moment, Note, Rating
from services.models.visits import Ground, Mandate, Visit
from services.models.work import Handover, Problem, Supplement, SupplementItem, WorkItem

__all__ = [
    "Answers",
    "Attachment",
    "BatchItem",
    "ClockEntry",
    "CodeCounter",
    "Component",
    "Confirmation",
    "CoveredStep",
    "DeclarationForm",
    "Dossier",
    "DossierBatch",
    "Draft",
    "Evidence",
    "From",
    "Ground",
    "Handover",
    "LeaveCover",
    "ListExport",
    "Mandate",
    "Message",
    "Moment",
    "Note",
    "PrintedForm",
    "Problem",
    "Procedure",
    "ProcedureVersion",
    "ProcedureVersionQuerySet",
    "Proof",
    "Rating",
    "SavedFilter",
    "SubjectKind",
    "Supplement",
    "SupplementItem",
    "Visit",
    "WorkItem",
]
