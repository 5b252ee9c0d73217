"""Procedures, drafts, dossiers, and what belongs to them."""

from services.models.batches import BatchItem, BatchPrint, DossierBatch
from services.models.catalogue import DeclarationForm, Procedure, ProcedureVersion, ProcedureVersionQuerySet
from services.models.clock import ClockEntry
from services.models.confirmations import Confirmation
from services.models.consultations import Consultation, ConsultationFile
from services.models.corrections import Correction
from services.models.covers import CoveredStep, LeaveCover
from services.models.dossiers import CodeCounter, Dossier
from services.models.drafts import Draft
from services.models.evidence import Evidence, SubjectKind
from services.models.fees import CollectingAccount, Fee, ReceiptCounter
from services.models.interlinked import LinkedPart
from services.models.lateness import DueWarning, Extension, RealMoment
from services.models.lists import ListExport, SavedFilter
from services.models.mendings import Mending
from services.models.outage import PaperBlock, PaperNumber
from services.models.papers import Attachment, Component, PrintedForm, Proof
from services.models.payments import FeeReceipt, Payment, PaymentMessage, Refund
from services.models.petitions import (
    EntryType,
    Petition,
    PetitionChannel,
    PetitionClock,
    PetitionEntry,
    PetitionFile,
    PublishedPetition,
)
from services.models.postal import PostalItem, PostalSlip
from services.models.ratings import RatingReply
from services.models.retention import ArchivePackage, PackagedDossier, RetentionHold, RetentionStep, Tombstone
from services.models.sealed import Answers
from services.models.talk import From, Message, Moment, Note, Rating
from services.models.tickets import Errand, Ticket, TicketCounter
from services.models.visits import Ground, Mandate, Visit
from services.models.work import Handover, Problem, Supplement, SupplementItem, WorkItem

__all__ = [
    "Answers",
    "ArchivePackage",
    "Attachment",
    "BatchItem",
    "BatchPrint",
    "ClockEntry",
    "CodeCounter",
    "CollectingAccount",
    "Component",
    "Confirmation",
    "Consultation",
    "ConsultationFile",
    "Correction",
    "CoveredStep",
    "DeclarationForm",
    "Dossier",
    "DossierBatch",
    "Draft",
    "DueWarning",
    "EntryType",
    "Errand",
    "Evidence",
    "Extension",
    "Fee",
    "FeeReceipt",
    "From",
    "Ground",
    "Handover",
    "LeaveCover",
    "LinkedPart",
    "ListExport",
    "Mandate",
    "Mending",
    "Message",
    "Moment",
    "Note",
    "PackagedDossier",
    "PaperBlock",
    "PaperNumber",
    "Payment",
    "PaymentMessage",
    "Petition",
    "PetitionChannel",
    "PetitionClock",
    "PetitionEntry",
    "PetitionFile",
    "PostalItem",
    "PostalSlip",
    "PrintedForm",
    "Problem",
    "Procedure",
    "ProcedureVersion",
    "ProcedureVersionQuerySet",
    "Proof",
    "PublishedPetition",
    "Rating",
    "RatingReply",
    "RealMoment",
    "ReceiptCounter",
    "Refund",
    "RetentionHold",
    "RetentionStep",
    "SavedFilter",
    "SubjectKind",
    "Supplement",
    "SupplementItem",
    "Ticket",
    "TicketCounter",
    "Tombstone",
    "Visit",
    "WorkItem",
]
