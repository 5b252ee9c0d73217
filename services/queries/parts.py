"""What belongs to one dossier, as each page shows it: one statement a page, by `together`.

A list that a page shows gets its query below and its name in that page's parts.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from documents.models import StoredFile
from documents.states import FileState
from portal.accounts.models import User
from portal.events import Event
from portal.isolation import current
from services.models import (
    Attachment,
    ClockEntry,
    Component,
    Confirmation,
    Consultation,
    Correction,
    CoveredStep,
    Dossier,
    Evidence,
    Extension,
    Handover,
    LinkedPart,
    Message,
    Note,
    PostalItem,
    PostalSlip,
    PrintedForm,
    Rating,
    RealMoment,
    Supplement,
    SupplementItem,
    WorkItem,
)
from services.queries.dossiers import happened, seen_from
from services.queries.together import together
from services.queries.work import looks_at
from services.states import ConfirmationState, RequestState

MOST = 50  # messages, notes, requests, forms
MOST_ITEMS = 500
MOST_FILES = 200
EVIDENCE_READ = 100
Lists = dict[str, QuerySet[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """The components in their order, and what is attached to them now."""

    components: list[Component]
    attachments: list[Attachment]
    stored: list[StoredFile]

    def files(self) -> Mapping[int, list[StoredFile]]:
        """By the id of the component, in the order in which they were attached."""
        known = {file.pk: file for file in self.stored}
        found: dict[int, list[StoredFile]] = defaultdict(list)
        for one in self.attachments:
            if one.file_id in known:
                found[one.component_id].append(known[one.file_id])
        return found


def papers_of(dossier: Dossier) -> Papers:
    return Papers(**together(**_papers(dossier)))


def _papers(dossier: Dossier) -> Lists:
    attached = attached_to(dossier)
    files = StoredFile.objects.filter(pk__in=attached.values("file")).exclude(state=FileState.REMOVED).only("name")
    return {
        "components": components_of(dossier),
        "attachments": attached.order_by("id")[:MOST_FILES],
        "stored": files.order_by("id")[:MOST_FILES],
    }


def components_of(dossier: Dossier) -> QuerySet[Component]:
    return Component.objects.filter(dossier=dossier).order_by("id")


def attached_to(dossier: Dossier) -> QuerySet[Attachment]:
    """Without those that a later one replaced."""
    return Attachment.objects.filter(component__dossier=dossier, replaced_at=None)


def postal_of(parts: "DeskParts | OwnParts") -> list[PostalItem]:
    """Each envelope with its slip."""
    slips = {slip.pk: slip for slip in parts.slips}
    for item in parts.postal:
        item.slip = slips[item.slip_id]
    return parts.postal


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskParts:
    """What the desk's page shows. Requests, forms, messages, notes and events: newest first."""

    papers: Papers
    requests: list[Supplement]
    items: list[SupplementItem]
    forms: list[PrintedForm]
    messages: list[Message]
    notes: list[Note]
    entries: list[ClockEntry]
    evidence: list[Evidence]
    events: list[Event]
    steps: list[WorkItem]
    handovers: list[Handover]
    consultations: list[Consultation]
    links: list[LinkedPart]
    corrections: list[Correction]
    extensions: list[Extension]
    moments: list[RealMoment]
    postal: list[PostalItem]
    slips: list[PostalSlip]

    def asked(self) -> list[tuple[Supplement, list[SupplementItem]]]:
        """Each request with what it asks for."""
        return [(one, [item for item in self.items if item.supplement_id == one.pk]) for one in self.requests]


def desk_parts(dossier: Dossier) -> DeskParts:
    papers = _papers(dossier)
    found = together(
        **papers,
        requests=Supplement.objects.filter(dossier=dossier).order_by("-number", "id")[:MOST],
        items=SupplementItem.objects.filter(supplement__dossier=dossier).order_by("id")[:MOST_ITEMS],
        forms=_forms(dossier),
        messages=_messages(dossier),
        notes=_notes(dossier),
        entries=ClockEntry.objects.of(dossier),
        evidence=Evidence.objects.of(dossier.pk)[:EVIDENCE_READ],
        events=happened(dossier).only("name", "actor", "at"),
        steps=WorkItem.objects.of(dossier),
        **_between(dossier),
        links=_links(dossier),
        corrections=Correction.objects.filter(dossier=dossier).order_by("-asked_at", "id")[:MOST],
        extensions=_extensions(dossier),
        moments=RealMoment.objects.filter(dossier=dossier).order_by("-claimed_at", "id")[:MOST],
        **_by_post(dossier),
    )
    if left := {row.from_unit_id for row in found["handovers"]}.difference(dossier.unit_ids(), current().units):
        with seen_from(left):
            found["events"] = list(happened(dossier).only("name", "actor", "at"))
    return DeskParts(papers=Papers(**{name: found.pop(name) for name in papers}), **found)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkParts:
    """What the workspace of a step shows. `looks` are those of others since the moment that was asked for."""

    papers: Papers
    steps: list[WorkItem]
    notes: list[Note]
    evidence: list[Evidence]
    entries: list[ClockEntry]
    confirmations: list[Confirmation]
    looks: list[Event]
    handovers: list[Handover]
    consultations: list[Consultation]
    extensions: list[Extension]
    covered: list[CoveredStep]


def work_parts(dossier: Dossier, *, since: datetime, besides: User) -> WorkParts:
    papers = _papers(dossier)
    asked = Evidence.objects.filter(subject_id=dossier.pk).order_by("-asked_at", "id")
    found = together(
        **papers,
        steps=WorkItem.objects.of(dossier),
        notes=_notes(dossier),
        evidence=asked.only("source", "outcome", "asked_at")[:MOST],
        entries=ClockEntry.objects.of(dossier),
        confirmations=_last_draft(dossier),
        looks=looks_at(dossier, since=since, besides=besides).only("actor"),
        **_between(dossier),
        extensions=_extensions(dossier),
        covered=CoveredStep.objects.filter(step__dossier=dossier, back_at=None).order_by("id")[:MOST],
    )
    return WorkParts(papers=Papers(**{name: found.pop(name) for name in papers}), **found)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnParts:
    """What the citizen's page shows. `requests` and `confirmations` hold the last one, `steps` what is open."""

    requests: list[Supplement]
    items: list[SupplementItem]
    forms: list[PrintedForm]
    messages: list[Message]
    entries: list[ClockEntry]
    steps: list[WorkItem]
    ratings: list[Rating]
    confirmations: list[Confirmation]
    events: list[Event]
    links: list[LinkedPart]
    extensions: list[Extension]
    corrections: list[Correction]
    postal: list[PostalItem]
    slips: list[PostalSlip]

    def open_request(self) -> Supplement | None:
        """What is asked for now."""
        return next((one for one in self.requests if one.state == RequestState.OPEN), None)

    def last_draft(self) -> Confirmation | None:
        return next(iter(self.confirmations), None)

    def open_draft(self) -> Confirmation | None:
        """What waits for the citizen's word."""
        return next((one for one in self.confirmations if one.state == ConfirmationState.OPEN), None)


def own_parts(dossier: Dossier, *, told: frozenset[str]) -> OwnParts:
    """`told`: the names of the events that a citizen reads."""
    last = Supplement.objects.filter(dossier=dossier).order_by("-number", "id")[:1]
    found = together(
        requests=last,
        items=SupplementItem.objects.filter(supplement__in=last.values("pk")).order_by("id")[:MOST_ITEMS],
        forms=_forms(dossier),
        messages=_messages(dossier),
        entries=ClockEntry.objects.of(dossier),
        steps=WorkItem.objects.of(dossier).open(),
        ratings=Rating.objects.filter(dossier=dossier).order_by("id"),
        confirmations=_last_draft(dossier),
        events=happened(dossier, told).only("name", "actor", "at", "unit_id"),
        links=_links(dossier),
        extensions=_extensions(dossier),
        corrections=Correction.objects.filter(dossier=dossier).order_by("-asked_at", "id")[:MOST],
        **_by_post(dossier),
    )
    return OwnParts(**found)


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailParts:
    """What REST says of one dossier beside its own row."""

    components: list[Component]
    attachments: list[Attachment]
    entries: list[ClockEntry]


def detail_parts(dossier: Dossier) -> DetailParts:
    found = together(
        components=components_of(dossier),
        attachments=attached_to(dossier).order_by("id")[:MOST_FILES],
        entries=ClockEntry.objects.of(dossier),
    )
    return DetailParts(**found)


def _forms(dossier: Dossier) -> QuerySet[PrintedForm]:
    rows = PrintedForm.objects.filter(dossier=dossier).defer("data_sealed")
    return rows.order_by("-printed_at", "id")[:MOST]


def _messages(dossier: Dossier) -> QuerySet[Message]:
    return Message.objects.filter(dossier=dossier).order_by("-id")[:MOST]


def _notes(dossier: Dossier) -> QuerySet[Note]:
    return Note.objects.filter(dossier=dossier).order_by("-id")[:MOST]


def _last_draft(dossier: Dossier) -> QuerySet[Confirmation]:
    return Confirmation.objects.filter(dossier=dossier).defer("content_sealed").order_by("-number", "id")[:1]


def _between(dossier: Dossier) -> Lists:
    """What goes between units: hand-overs, and questions with their answers."""
    return {
        "handovers": Handover.objects.filter(dossier=dossier).order_by("id")[:MOST],
        "consultations": Consultation.objects.of(dossier)[:MOST],
    }


def _links(dossier: Dossier) -> QuerySet[LinkedPart]:
    """Its parts, and the joined dossier of which it is one."""
    rows = LinkedPart.objects.filter(Q(joined=dossier) | Q(dossier=dossier))
    return rows.order_by("number", "id")[:MOST]


def _by_post(dossier: Dossier) -> Lists:
    """Envelopes, and the slips on which they went."""
    items = PostalItem.objects.filter(dossier=dossier)
    return {
        "postal": items.order_by("attempt", "id")[:MOST],
        "slips": PostalSlip.objects.filter(pk__in=items.values("slip")).order_by("made_at", "id")[:MOST],
    }


def _extensions(dossier: Dossier) -> QuerySet[Extension]:
    return Extension.objects.filter(dossier=dossier).order_by("-asked_at", "id")[:MOST]
