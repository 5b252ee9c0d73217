"""Procedures, drafts, dossiers, and what belongs to them."""

from services.models.catalogue import DeclarationForm, Procedure, ProcedureVersion, ProcedureVersionQuerySet
from services.models.clock import ClockEntry
from services.models.confirmations import Confirmation
from services.models.corrections import Correction
from services.models.dossiers import CodeCounter, Dossier
from services.models.drafts import Draft
from services.models.evidence import Evidence, SubjectKind
from services.models.lateness import DueWarning, Extension, RealMoment
from services.models.papers import Attachment, Component, PrintedForm, Proof
from services.models.sealed import Answers
from services.models.talk import From, Message, Moment, Note, Rating
from services.models.visits import Ground, Mandate, Visit
from services.models.work import Handover, Problem, Supplement, SupplementItem, WorkItem

__all__ = [
    "Answers",
    "Attachment",
    "ClockEntry",
    "CodeCounter",
    "Component",
    "Confirmation",
    "Correction",
    "DeclarationForm",
    "Dossier",
    "Draft",
    "DueWarning",
    "Evidence",
    "Extension",
    "From",
    "Ground",
    "Handover",
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
    "RealMoment",
    "SubjectKind",
    "Supplement",
    "SupplementItem",
    "Visit",
    "WorkItem",
]
