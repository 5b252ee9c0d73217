"""What whoever sends a petition does: send it in, add what is asked for, withdraw it, say how satisfied they are.

Nobody needs an account. NĐ 20/2008/NĐ-CP (NĐ 48/2013, NĐ 92/2017)
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.files import File
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate

from documents.models import StoredFile
from documents.operations.files import share_with, store_upload
from documents.uploads.kinds import UploadKind
from portal.accounts.models import User
from portal.events import record
from portal.events.actors import Actor
from portal.isolation import Purpose, scope
from services.errors import NotAllowedError
from services.events import Fact
from services.models import (
    Answers,
    Dossier,
    EntryType,
    Petition,
    PetitionChannel,
    PetitionEntry,
    PetitionFile,
    Procedure,
)
from services.models.petitions import UNITS_LIMIT
from services.operations import petition_clocks as clocks
from services.operations.codes import new_pin, random_reference
from services.operations.new_work import new_work_at
from services.operations.petition_moving import lock, move, people, require, save, tell, write
from services.petition_errors import (
    AlreadyRatedError,
    NoTextError,
    OthersWaitError,
    PetitionMovedError,
    TooManyFilesError,
    UnknownTypeError,
)
from services.petition_policies import is_filer
from services.petition_rules import petition_rules_on, petition_types
from services.petition_states import ANSWER_SENT, ClockKind, PetitionAction, PetitionState
from services.policies import may_at
from services.queries.conflicts import complained_about, unit_to_handle
from services.queries.look_up import normal
from services.states import Capability


@dataclass(frozen=True, slots=True)
class PetitionFiling:
    """`contact` has name, phone, email and address as far as they were told. `at_desk` is the officer's own unit."""

    kind: str
    text: str
    unit_id: int
    channel: PetitionChannel = PetitionChannel.ONLINE
    filer: User | None = None
    contact: Answers = field(default_factory=dict)
    about_officer: str = ""
    dossier_code: str = ""
    procedure_code: str = ""
    uploads: Sequence["File[Any]"] = ()
    files: Sequence[StoredFile] = ()
    at_desk: int | None = None


@transaction.atomic
def file_petition(*, filing: PetitionFiling, actor: Actor, now: datetime) -> Petition:
    """By anybody, or by an officer for somebody at the desk or on the phone. What it names is linked, and who it
    complains about shall not handle it: where nobody else is left, it goes to the unit above.

    Raises NotAllowedError, UnknownTypeError, NoTextError, NotOpenUnitError, TooManyFilesError, and what storing a
    file raises.
    """
    new_work_at(filing.unit_id, now=now)
    _check(filing, actor, now)
    petition = Petition(
        reference=random_reference("PA"),
        state=PetitionState.WAITING,
        kind=filing.kind,
        channel=filing.channel,
        text=filing.text.strip(),
        filer=filing.filer,
        about_officer=" ".join(filing.about_officer.split()),
        addressed_unit_id=filing.unit_id,
        assisted_by=actor if isinstance(actor, User) and actor.is_officer else None,
        dossier_code=normal(filing.dossier_code),
        filed_at=now,
    )
    petition.pin, petition.contact = new_pin(), filing.contact
    with scope(purpose=Purpose.PETITION):
        _place(petition, filing, now)
        due = clocks.due_after(
            petition_rules_on(localdate(now)).limits[ClockKind.REFUSE], unit_id=petition.responsible_unit_id, now=now
        )
        petition.next_due_at = due
        petition.save(force_insert=True)
        clocks.begin(petition, clocks.AT_FILING, now=now)
        count = _keep_files(petition, filing.uploads, filing.files, actor=actor, now=now)
        _tell_filed(petition, count, actor, now)
    return petition


def _check(filing: PetitionFiling, actor: Actor, now: datetime) -> None:
    at_desk = filing.channel != PetitionChannel.ONLINE
    if at_desk and not (filing.at_desk and may_at(actor, Capability.PETITION_FILE, filing.at_desk)):
        raise NotAllowedError
    if not at_desk and isinstance(actor, User) and filing.filer != (actor if actor.is_citizen else None):
        raise NotAllowedError
    if filing.kind not in petition_types():
        raise UnknownTypeError
    if not filing.text.strip():
        raise NoTextError


def _place(petition: Petition, filing: PetitionFiling, now: datetime) -> None:
    """Where it goes, what it is about, and what it repeats; whoever sends it learns nothing of what was found."""
    on = localdate(now)
    if petition.dossier_code:
        code = petition.dossier_code
        petition.dossier = Dossier.objects.filter(Q(reference=code) | Q(code=code)).order_by("id").first()
    if filing.procedure_code:
        petition.procedure = Procedure.objects.filter(code=filing.procedure_code).first()
    petition.barred = complained_about(petition, on)
    petition.responsible_unit_id = unit_to_handle(petition.addressed_unit_id, petition.barred, on)
    petition.units = [petition.responsible_unit_id]
    petition.repeat_of = _earlier(petition)


def _earlier(petition: Petition) -> Petition | None:
    """The last one of the same person to the same unit about the same dossier, or of the same type without one."""
    who = Q()
    if petition.filer_id:
        who |= Q(filer=petition.filer_id)
    if petition.contact_index:
        who |= Q(contact_index=petition.contact_index)
    if not who:
        return None
    rows = Petition.objects.filter(who, addressed_unit=petition.addressed_unit_id)
    about = Q(dossier_code=petition.dossier_code) if petition.dossier_code else Q(kind=petition.kind, dossier_code="")
    return rows.filter(about).order_by("-filed_at", "id").first()


def _tell_filed(petition: Petition, files: int, actor: Actor, now: datetime) -> None:
    facts = {
        "kind": petition.kind,
        "channel": petition.channel,
        "unit": petition.addressed_unit_id,
        "repeats": str(petition.repeat_of_id) if petition.repeat_of_id else None,
        "dossier": str(petition.dossier_id) if petition.dossier_id else None,
        "files": files,
    }
    record(
        Fact.PETITION_FILED,
        subject=petition,
        actor=actor,
        unit=petition.responsible_unit_id,
        at=now,
        after=petition.state,
        facts=facts,
        concerns=people(petition),
    )


def _keep_files(
    petition: Petition, uploads: Sequence["File[Any]"], files: Sequence[StoredFile], *, actor: Actor, now: datetime
) -> int:
    """Files go to the unit with the petition, by the same road as papers of dossiers: inspected, and scanned before
    anybody reads them. Within the purpose of a petition.
    """
    new = len(uploads) + len(files)
    kept = PetitionFile.objects.filter(petition=petition).count()
    if kept + new > petition_rules_on(localdate(now)).files_per_petition:
        raise TooManyFilesError
    owner = petition.filer_id
    stored = [
        store_upload(
            upload=upload,
            kind=UploadKind.ATTACHMENT,
            unit_id=petition.responsible_unit_id,
            owner=owner,
            actor=actor,
            now=now,
        )
        for upload in uploads
    ]
    PetitionFile.objects.bulk_create(PetitionFile(petition=petition, file=file) for file in [*stored, *files])
    for file in files:  # within the purpose of a petition only its own files are seen
        share_with(file=file, unit_ids=petition.units[:UNITS_LIMIT], actor=actor, now=now)
    return new


@transaction.atomic
def supplement_petition(
    *,
    petition: Petition,
    text: str,
    actor: Actor,
    now: datetime,
    by_code: bool = False,
    uploads: Sequence["File[Any]"] = (),
    files: Sequence[StoredFile] = (),
) -> PetitionEntry:
    """What was asked for. `by_code`: whoever holds code and PIN, which the caller has compared.

    Raises NotAllowedError, PetitionMovedError, NoTextError, TooManyFilesError.
    """
    with scope(purpose=Purpose.PETITION):
        locked = lock(petition)
        if not by_code and not is_filer(actor, locked):
            raise NotAllowedError
        require(locked, PetitionAction.SUPPLEMENT)
        if not text.strip():
            raise NoTextError
        _keep_files(locked, uploads, files, actor=actor, now=now)
        entry = write(locked, EntryType.SUPPLEMENT, text, actor=actor, now=now)
        if petition_rules_on(localdate(now)).answer_restarts:
            clocks.begin(locked, [ClockKind.ANSWER], now=now)
        due = clocks.running(locked, ClockKind.ANSWER)
        move(locked, PetitionAction.SUPPLEMENT, actor=actor, now=now, due_at=due, facts={"entry": entry.pk})
    return entry


@transaction.atomic
def withdraw_petition(
    *, petition: Petition, text: str, actor: Actor, now: datetime, by_code: bool = False, revision: int | None = None
) -> Petition:
    """Until it is answered; why, whoever sent it need not say. What was sent in stays with the unit's records.

    Raises NotAllowedError, PetitionStaleError, PetitionMovedError, OthersWaitError.
    """
    with scope(purpose=Purpose.PETITION):
        locked = lock(petition, revision=revision)
        if not by_code and not is_filer(actor, locked):
            raise NotAllowedError
        require(locked, PetitionAction.WITHDRAW)
        if Petition.objects.filter(merged_into=locked).exists():
            raise OthersWaitError
        entry = write(locked, EntryType.WITHDRAWAL, text.strip() or "-", actor=actor, now=now)
        clocks.end(locked, met=None, now=now)
        move(locked, PetitionAction.WITHDRAW, actor=actor, now=now, facts={"entry": entry.pk})
    return locked


@transaction.atomic
def rate_petition(
    *, petition: Petition, score: int, text: str, actor: Actor, now: datetime, by_code: bool = False
) -> Petition:
    """Once, after the answer (index 5.3). Raises NotAllowedError, PetitionMovedError, AlreadyRatedError."""
    with scope(purpose=Purpose.PETITION):
        locked = lock(petition)
        if not by_code and not is_filer(actor, locked):
            raise NotAllowedError
        if PetitionState(locked.state) not in ANSWER_SENT:
            raise PetitionMovedError
        if locked.rated_at is not None:
            raise AlreadyRatedError
        locked.score, locked.opinion, locked.rated_at = score, text.strip()[:2000], now
        save(locked, "score", "opinion", "rated_at")
        tell(Fact.PETITION_RATED, locked, actor=actor, now=now, facts={"score": score})
    return locked
