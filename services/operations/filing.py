"""From a draft to a dossier: once, however often the button is pressed."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from documents.operations.files import share_with
from portal.accounts.models import Level, User
from portal.events import record
from portal.events.actors import Actor
from services import versions
from services.errors import (
    ExpiredError,
    IncompleteError,
    LevelTooLowError,
    NoMandateError,
    NotAllowedError,
    NotConfirmedError,
    VersionEndedError,
)
from services.kinds import Channel
from services.models import Answers, Attachment, Component, Dossier, Draft, Mandate, ProcedureVersion, Proof
from services.operations import clock
from services.operations.codes import new_pin, new_reference
from services.operations.fees import Claim, assess_filing
from services.policies import Capability, may_at
from services.states import TRANSITIONS, Action, Stage
from services.unit_errors import NotOpenUnitError
from units.operations import begin_work_at


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose affair it is; `user` when they have an account here."""

    name: str
    number: str = ""
    user: User | None = None


@dataclass(frozen=True, slots=True)
class Places:
    """Unit ids: where it was handed in, who decides, where the result is handed out."""

    receiving: int
    competent: int
    returning: int

    def all(self) -> set[int]:
        return {self.receiving, self.competent, self.returning}


@dataclass(frozen=True, slots=True)
class Paper:
    """How one component is proven at the moment of filing."""

    key: str
    proof: Proof
    file_ids: tuple[object, ...] = ()
    source: str = ""
    source_ref: str = ""
    source_at: datetime | None = None
    result_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """Everything that makes a dossier, checked by the form's engine before."""

    version: ProcedureVersion
    owner: Owner
    filer: User | None
    filer_name: str
    filer_number: str = ""  # so that somebody without an account finds it once they have one
    answers: Answers
    contact: Answers
    summary: str
    places: Places
    channel: Channel
    return_channel: Channel
    papers: tuple[Paper, ...] = field(default=())
    assisted_by: User | None = None
    level: Level | None = None
    confirmed_at: datetime | None = None  # at a desk: when the citizen confirmed what the officer had typed
    claim: Claim | None = None  # the exemption from the fee that is asked for
    needs_mandate: bool = False
    mandate: Mandate | None = None


@dataclass(frozen=True, slots=True)
class Filed:
    """`components` and `attachments`: what was written for it, in its order; nothing when it was filed before."""

    dossier: Dossier
    components: list[Component] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)


def submit(*, filing: Filing, actor: User, now: datetime, draft: Draft | None = None) -> Dossier:
    """As `file_dossier`, for those who go on with the dossier alone."""
    return file_dossier(filing=filing, actor=actor, now=now, draft=draft).dossier


@transaction.atomic
def file_dossier(*, filing: Filing, actor: User, now: datetime, draft: Draft | None = None) -> Filed:
    """File. The same draft leads to the same dossier, also when the button was pressed twice.

    Raises ExpiredError, VersionEndedError, LevelTooLowError, NotAllowedError, IncompleteError, NoMandateError,
    NotConfirmedError, NotOpenUnitError.
    """
    places = filing.places
    ended = begin_work_at([places.receiving, places.competent, places.returning], localdate(now))
    if draft is not None:
        held = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
        if held.dossier_id:
            return Filed(held.dossier)  # type: ignore[arg-type]  # not None: its id is set
        if held.writer_id != actor.pk:
            raise NotAllowedError
        if held.expires_at <= now:
            raise ExpiredError
        if held.desk_unit_id is not None and filing.confirmed_at is None:
            raise NotConfirmedError
    if ended:  # asked before anything is locked; what was filed already is answered all the same
        raise NotOpenUnitError
    _refuse(filing, actor, now)
    dossier = make_dossier(filing=filing, actor=actor, now=now)
    components, attachments = _keep_papers(dossier, filing, actor, now)
    if draft is not None:
        Draft.objects.filter(pk=draft.pk).update(dossier=dossier)
    assess_filing(dossier=dossier, answers=filing.answers, actor=actor, now=now, claim=filing.claim)
    if filing.mandate is not None:
        Mandate.objects.filter(pk=filing.mandate.pk).update(dossier=dossier)
    facts = {
        "version": filing.version.pk,
        "channel": filing.channel,
        "receiving": filing.places.receiving,
        "competent": filing.places.competent,
        "returning": filing.places.returning,
        "answer_due_at": dossier.answer_due_at,
    }
    record(
        TRANSITIONS[Action.SUBMIT].fact,
        subject=dossier,
        actor=actor,
        unit=dossier.responsible_unit_id,
        at=now,
        after=dossier.state,
        facts=facts,
        concerns=[person for person in (dossier.owner_id, dossier.filer_id) if person],
    )
    return Filed(dossier, components, attachments)


def _refuse(filing: Filing, actor: User, now: datetime) -> None:
    if not actor.is_citizen and not may_at(actor, Capability.FILE_FOR_CITIZEN, filing.places.receiving):
        raise NotAllowedError
    if not versions.is_in_force(filing.version, localdate(now)):
        raise VersionEndedError
    if filing.channel is Channel.ONLINE and (filing.level or 0) < versions.least_level(filing.version):
        raise LevelTooLowError
    proven = {paper.key for paper in filing.papers if paper.proof is not Proof.MISSING}
    if filing.channel is Channel.ONLINE and versions.missing_components(filing.version, proven, at_desk=False):
        raise IncompleteError
    if filing.needs_mandate and not (filing.mandate and filing.mandate.holds_on(localdate(now))):
        raise NoMandateError


def make_dossier(*, filing: Filing, actor: Actor, now: datetime) -> Dossier:
    """The row as it is born. Whoever calls it records that `actor` filed it."""
    alert_due_at, answer_due_at = clock.desk_times(filing.places.receiving, now)
    dossier = Dossier(
        reference=new_reference(),
        version=filing.version,
        state=str(TRANSITIONS[Action.SUBMIT].target),
        stage=str(Stage.NONE),
        channel=filing.channel,
        return_channel=filing.return_channel,
        owner=filing.owner.user,
        owner_name=filing.owner.name,
        filer=filing.filer,
        filer_name=filing.filer_name,
        assisted_by=filing.assisted_by,
        confirmed_at=filing.confirmed_at,
        summary=filing.summary,
        receiving_unit_id=filing.places.receiving,
        competent_unit_id=filing.places.competent,
        returning_unit_id=filing.places.returning,
        responsible_unit_id=filing.places.receiving,
        submitted_at=now,
        alert_due_at=alert_due_at,
        answer_due_at=answer_due_at,
    )
    dossier.next_due_at = dossier.answer_due_at
    dossier.owner_number, dossier.filer_number = filing.owner.number, filing.filer_number
    dossier.pin = new_pin()
    dossier.answers, dossier.contact = filing.answers, filing.contact
    dossier.save(force_insert=True)
    return dossier


def _keep_papers(
    dossier: Dossier, filing: Filing, actor: User, now: datetime
) -> tuple[list[Component], list[Attachment]]:
    """One row for each component of the version, and the files behind it, shared with the units that take part."""
    given = {paper.key: paper for paper in filing.papers}
    papers = [
        (part.name, given.get(part.key, Paper(part.key, Proof.MISSING))) for part in versions.components(filing.version)
    ]
    rows = [
        Component(
            dossier=dossier,
            key=paper.key,
            name=name,
            proof=paper.proof,
            source=paper.source,
            source_ref=paper.source_ref,
            source_at=paper.source_at,
            result_code=paper.result_code,
        )
        for name, paper in papers
    ]
    components, attached = Component.objects.bulk_create(rows), []
    for row, (_name, paper) in zip(components, papers, strict=True):
        for stored in versions.files(paper.file_ids) if paper.file_ids else ():
            attached.append(
                Attachment.objects.create(component=row, file=stored, attached_at=now, attached_by=actor.event_actor)
            )
            share_with(file=stored, unit_ids=sorted(dossier.unit_ids()), actor=actor, now=now)
    return components, attached
