"""Filing without pages: what a form's answers come to, what still keeps them from being filed, and the filing itself.

Pages and REST end here, so that both take and refuse the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from portal.accounts.models import Citizen, User
from services import gathering, versions
from services.about import About, about
from services.declarations import Fault, Judged, Known, World, check_whole, judge, read, walk
from services.declarations.definition import Kind
from services.declarations.walking import Walk
from services.filers import Filer
from services.kinds import Channel
from services.known import known_of
from services.models import Answers, Dossier, Draft, Evidence, ProcedureVersion, Proof, SubjectKind
from services.operations.drafts import begin_draft
from services.operations.evidence import Subject, forget_evidence, hand_over_evidence
from services.operations.filing import Filing, Owner, Paper, Places, submit
from services.packing import Packed, files_of, pack, papers
from services.queries.places import UnitsOn

EVIDENCE_READ = 100
UNFINISHED = frozenset({"missing", "too-few"})  # faults of what is only not there yet


@transaction.atomic
def start(version: ProcedureVersion, citizen: Citizen, now: datetime, answers: Answers | None = None) -> Draft:
    """A draft, and the questions that spare the citizen from typing what registers know."""
    draft = begin_draft(version=version, actor=citizen.user, now=now, answers=answers)
    who = gathering.signed_in(citizen)
    if who is not None:
        wishes = gathering.first_wishes(who, about(version.code).wants, procedure=version.code)
        subject = Subject(SubjectKind.DRAFT, draft.pk, citizen.pk)
        gathering.order(subject=subject, wishes=wishes, actor=citizen.user, now=now)
    return draft


def asked_for(subject_id: UUID) -> tuple[Evidence, ...]:
    """What registers were asked for this draft or dossier."""
    return tuple(Evidence.objects.of(subject_id)[:EVIDENCE_READ])


def world_of(
    asked: Iterable[Evidence],
    *,
    version: ProcedureVersion,
    meaning: About,
    citizen: Filer | None,
    answers: Mapping[str, Any],
    now: datetime,
) -> tuple[tuple[Evidence, ...], World]:
    """What registers said as far as it concerns the answers: an aunt's own child is nobody's business."""
    evidence = tuple(one for one in asked if meaning.concerns(one.about, answers))
    today = localdate(now)
    known = known_of(evidence, version=version, about=meaning, citizen=citizen, on=today, now=now)
    return evidence, World(today, UnitsOn(today, answers), known)


def packed_of(draft: Draft, citizen: Filer, now: datetime) -> Packed:
    """A draft with all that its filing needs; one that was never saved has asked no register."""
    meaning, answers = about(draft.version.code), draft.answers
    asked = asked_for(draft.pk) if draft.is_kept else ()
    evidence, world = world_of(asked, version=draft.version, meaning=meaning, citizen=citizen, answers=answers, now=now)
    definition = read(draft.version.form.definition)
    return Packed(draft, definition, walk(definition, answers, world), world, meaning, evidence)


def faults_of(packed: Packed) -> list[Fault]:
    return check_whole(packed.definition, packed.draft.answers, packed.world)


def lacking(packed: Packed, citizen: Filer, now: datetime) -> list[versions.Part]:
    """The papers that nothing proves yet."""
    proven = {paper.key for paper in papers(packed, citizen=citizen, now=now)}
    return versions.missing_components(packed.draft.version, proven, at_desk=False)


@transaction.atomic
def send(packed: Packed, citizen: Filer, now: datetime) -> Dossier:
    """File for whoever has signed in, and give what registers said along with it. Raises what `submit` raises."""
    draft, user = packed.draft, citizen.user
    kept = draft if draft.is_kept else None
    dossier = submit(filing=pack(packed, citizen=citizen, now=now), actor=user, now=now, draft=kept)
    if kept is None:
        return dossier
    give_along(packed, dossier, actor=user, now=now)
    return dossier


def give_along(packed: Packed, dossier: Dossier, *, actor: User, now: datetime) -> None:
    """What registers said about the dossier's people goes with it; the rest is forgotten."""
    units = tuple(sorted(dossier.unit_ids()))
    subject = Subject(SubjectKind.DOSSIER, dossier.pk, dossier.filer_id, units, dossier.responsible_unit_id)
    only = [one.pk for one in packed.evidence]
    hand_over_evidence(draft_id=packed.draft.pk, dossier=subject, actor=actor, now=now, only=only)
    forget_evidence(draft_id=packed.draft.pk, actor=actor, now=now)


# --- For somebody else, who stands at a desk or wrote a letter ------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Behalf:
    """Who is filed for, and by which way it came in. `owner_*` empty: the form's answers say whose affair it is."""

    version: ProcedureVersion
    answers: Answers
    filer_name: str
    places: Places
    channel: Channel
    return_channel: Channel
    owner_name: str = ""
    owner_number: str = ""
    contact: Mapping[str, str]
    papers: Sequence[Paper] = ()
    way: Walk | None = None  # of the answers through the form, if the procedure has one
    units: Mapping[int, str]  # full names of `places`, as they are today


def world_at_desk(units: UnitsOn, papers: Iterable[Paper] = ()) -> World:
    """Papers that lie on the desk are not asked for as files."""
    proven = frozenset(paper.key for paper in papers if paper.proof is not Proof.MISSING)
    return World(units.on, units, Known({}, proven))


def judged_at_desk(version: ProcedureVersion, answers: Answers, papers: Iterable[Paper], units: UnitsOn) -> Judged:
    """A procedure known in name only asks nothing."""
    definition = version.form.definition
    if not definition:
        return Judged([])
    return judge(read(definition), answers, world_at_desk(units, papers))


def filing_for(behalf: Behalf, *, actor: User) -> Filing:
    """What `submit` takes; the answers have been checked before."""
    version, meaning = behalf.version, about(behalf.version.code)
    seen: dict[str, Any] = dict(behalf.answers)
    given = {paper.key: paper for paper in behalf.papers}
    if behalf.way is not None:
        seen = dict(behalf.way.seen)
        given = papers_of_answers(behalf.way) | given
    name, number = meaning.owner_of(seen)
    owner = Owner(behalf.owner_name or name or behalf.filer_name, behalf.owner_number or number)
    phone = meaning.phone_of(seen)
    contact = ({"phone": phone} if phone else {}) | {key: said for key, said in behalf.contact.items() if said}
    return Filing(
        version=version,
        owner=owner,
        filer=None,
        filer_name=behalf.filer_name,
        answers=seen,
        contact=contact,
        summary=meaning.summary_of(seen, procedure=version.name_vi, owner=owner.name),
        places=behalf.places,
        channel=behalf.channel,
        return_channel=behalf.return_channel,
        papers=tuple(given.values()),
        assisted_by=actor,
    )


# --- Answers of a dossier that is already there ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Changed:
    """All answers of a dossier as they would stand, and what is wrong with them."""

    answers: Answers
    faults: tuple[Fault, ...]


def checked_change(dossier: Dossier, answers: Mapping[str, Any], *, actor: User, now: datetime) -> Changed:
    """`answers` are all of them. Papers are changed by supplements only: what was attached stays attached."""
    definition = dossier.version.form.definition
    if not definition:
        return Changed(dict(answers), ())
    form = read(definition)
    files = {key for key, question in form.plain.items() if question.kind is Kind.FILES}
    wanted = {key: value for key, value in answers.items() if key not in files}
    wanted |= {key: value for key, value in dossier.answers.items() if key in files}
    citizen = Citizen.objects.select_related("user").filter(pk=actor.pk).first() if actor.is_citizen else None
    meaning = about(dossier.version.code)
    _evidence, world = world_of(
        asked_for(dossier.pk), version=dossier.version, meaning=meaning, citizen=citizen, answers=wanted, now=now
    )
    faults = tuple(check_whole(form, wanted, world))
    return Changed(dict(walk(form, wanted, world).seen), faults)


def papers_of_answers(way: Walk) -> dict[str, Paper]:
    """The files among the answers, by the component that they prove."""
    return {key: Paper(key, Proof.ATTACHED, tuple(ids)) for key, ids in files_of(way).items()}
