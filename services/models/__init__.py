"""Procedures, drafts, dossiers, and what belongs to them."""

from services.models.catalogue import DeclarationForm, Procedure, ProcedureVersion, ProcedureVersionQuerySet
from services.models.clock import ClockEntry
from services.models.confirmations import Confirmation
from services.models.dossiers import CodeCounter, Dossier
from services.models.drafts import Draft
from services.models.evidence import Evidence, SubjectKind
from services.models.papers import Attachment, Component, PrintedForm, Proof
from services.models.petitions import (
    EntryType,
    Petition,
    PetitionChannel,
    PetitionClock,
    PetitionEntry,
    PetitionFile,
    PublishedPetition,
)
from services.models.ratings import RatingReply
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
    "DeclarationForm",
    "Dossier",
    "Draft",
    "EntryType",
    "Evidence",
    "From",
    "Ground",
    "Handover",
    "Mandate",
    "Message",
    "Moment",
    "Note",
    "Petition",
    "PetitionChannel",
    "PetitionClock",
    "PetitionEntry",
    "PetitionFile",
    "PrintedForm",
    "Problem",
    "Procedure",
    "ProcedureVersion",
    "ProcedureVersionQuerySet",
    "Proof",
    "PublishedPetition",
    "Rating",
    "RatingReply",
    "SubjectKind",
    "Supplement",
    "SupplementItem",
    "Visit",
    "WorkItem",
]
