"""Petitions: what an officer's units have to handle, what one person sent, and what everybody may read."""

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime
from hmac import compare_digest

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from portal.accounts.models import User
from portal.isolation import Purpose, scope
from services.models import EntryType, Petition, PetitionClock, PetitionEntry, PublishedPetition
from services.models.petitions import PetitionQuerySet
from services.petition_states import OPEN, UNTAKEN, PetitionState
from services.queries.dossiers import units_with
from services.queries.look_up import NOBODY, normal
from services.states import Capability
from staff.policies import known_grounds
from units.queries import BadText
from units.queries.nearest import nearest_versions
from units.sorting import search_key

TEXT_LIMIT = 100
MOST_ENTRIES = 100
WORKING = (*UNTAKEN, PetitionState.PROCESSING, PetitionState.SUPPLEMENT)


@dataclass(frozen=True, slots=True)
class PetitionWish:
    """`state` empty: everything that is open. `mine`: only what this officer holds."""

    state: str = ""
    kind: str = ""
    mine: bool = False
    late: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class Followed:
    """One petition as whoever sent it sees it. `units` are full names by id."""

    petition: Petition
    entries: list[PetitionEntry]
    units: dict[int, str]
    files: list[str]
    publication: PublishedPetition | None = None
    clocks: list[PetitionClock] = field(default_factory=list)


def units_with_right(user: User, capability: Capability, on: date) -> list[int]:
    """Where the person's own posts bring it."""
    return sorted({ground.unit_id for ground in known_grounds(user, on) if ground.capability == capability})


def visible_petitions(user: User, on: date) -> PetitionQuerySet:
    """A citizen's own; for officers those in which a unit has a part where they handle petitions, not those that
    complain about them.
    """
    if user.is_citizen:
        return Petition.objects.of_citizen(user)
    units = units_with(user, Capability.PETITION_HANDLE, on)
    return Petition.objects.filter(units__overlap=units).not_against(user)


def inbox(user: User, units: list[int], wish: PetitionWish, now: datetime) -> PetitionQuerySet:
    """What these units answer for, the soonest due first. A whole reference finds it in every state."""
    rows = Petition.objects.held_by(units).not_against(user)
    called = rows.filter(reference=normal(wish.text)) if wish.text else rows.none()
    if wish.text and called.exists():
        return called.by_due_moment()
    rows = rows.filter(state=wish.state) if wish.state else rows.open()
    if wish.kind:
        rows = rows.filter(kind=wish.kind)
    if wish.mine:
        rows = rows.filter(handler=user)
    if wish.late:
        rows = rows.filter(next_due_at__lt=now)
    if wish.text:
        rows = rows.filter(Q(text__icontains=wish.text[:TEXT_LIMIT]) | Q(dossier_code=normal(wish.text)))
    return rows.by_due_moment()


def to_do(user: User, on: date) -> PetitionQuerySet:
    """For the one list of work: what this officer holds, what nobody has taken, and what a head has to publish."""
    handling = units_with_right(user, Capability.PETITION_HANDLE, on)
    leading = units_with_right(user, Capability.PETITION_LEAD, on)
    untaken = Q(state__in=[state.value for state in UNTAKEN], responsible_unit__in=handling)
    mine = Q(state=PetitionState.PROCESSING.value, responsible_unit__in=handling) & (Q(handler=user) | Q(handler=None))
    answered = Q(state=PetitionState.ANSWERED.value, responsible_unit__in=leading)
    return Petition.objects.filter(untaken | mine | answered).not_against(user).by_due_moment()


def inbox_after(user: User, done: Petition, on: date) -> Petition | None:
    """What is due next for this officer."""
    return to_do(user, on).exclude(pk=done.pk).first()


def find_petition(code: str, pin: str) -> uuid.UUID | None:
    """None for a code that never was and for a wrong PIN: nobody learns which."""
    with transaction.atomic(), scope(purpose=Purpose.PETITION):
        found = Petition.objects.only("id", "pin_sealed").filter(reference=normal(code)).first()
    right = compare_digest((found.pin if found else NOBODY).encode(), pin.encode())
    return found.pk if found and right else None


def followed(petition_id: uuid.UUID) -> Followed | None:
    """For whoever has shown code and PIN."""
    with transaction.atomic(), scope(purpose=Purpose.PETITION):
        petition = Petition.objects.filter(pk=petition_id).first()
        return as_sender_sees(petition) if petition else None


def as_sender_sees(petition: Petition) -> Followed:
    """Without notes among officers, and without the names of officers."""
    entries = PetitionEntry.objects.filter(petition=petition).exclude(type=EntryType.NOTE)
    rows = list(entries.order_by("-id")[:MOST_ENTRIES])
    published = PublishedPetition.objects.filter(petition=petition, retracted_at=None).first()
    return Followed(petition, rows, unit_names(petition, rows), file_names(petition), published)


def as_officer_sees(petition: Petition) -> Followed:
    rows = list(PetitionEntry.objects.filter(petition=petition).order_by("-id")[:MOST_ENTRIES])
    published = PublishedPetition.objects.filter(petition=petition).first()
    clocks = list(PetitionClock.objects.filter(petition=petition).order_by("id")[:MOST_ENTRIES])
    return Followed(petition, rows, unit_names(petition, rows), [], published, clocks)


def unit_names(petition: Petition, entries: list[PetitionEntry]) -> dict[int, str]:
    ids = {petition.addressed_unit_id, petition.responsible_unit_id, *(row.unit_id for row in entries)}
    ids |= {row.to_unit_id for row in entries if row.to_unit_id}
    versions = nearest_versions(ids, petition.filed_at.date())
    return {unit: version.full_name for unit, version in versions.items()}


def file_names(petition: Petition) -> list[str]:
    rows = petition.files.select_related("file").order_by("id")[:MOST_ENTRIES]
    return [row.file.name for row in rows]


def published_petitions(*, text: str = "", kind: str = "", unit_id: int | None = None) -> QuerySet[PublishedPetition]:
    """What everybody may read, the newest first. Raises BadText when nothing of `text` can be searched."""
    rows = PublishedPetition.objects.filter(retracted_at=None)
    if text.strip():
        key = search_key("".join(one if one.isprintable() else " " for one in text[:TEXT_LIMIT]))
        if not key:
            raise BadText(len(text), TEXT_LIMIT)
        rows = rows.filter(search_name__contains=f" {key}")
    if kind:
        rows = rows.filter(kind=kind)
    if unit_id:
        rows = rows.filter(unit=unit_id)
    return rows.order_by("-published_at", "-id")


def counts_by_state(user: User, units: list[int]) -> dict[str, int]:
    """How many open petitions of these units stand in each state."""
    rows = Petition.objects.held_by(units).not_against(user).open().values("state").annotate(number=Count("id"))
    return dict.fromkeys((state.value for state in OPEN), 0) | {row["state"]: row["number"] for row in rows}
