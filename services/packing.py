"""A finished draft as what `operations.filing.submit` takes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from portal.accounts.directory import account_called
from portal.accounts.models import Level, User
from services.about import About
from services.declarations import Definition, Walk, World
from services.declarations.definition import Kind
from services.declarations.reviewing import in_words
from services.filers import SIGN_IN, Filer, vouched_by
from services.kinds import Channel
from services.known import proofs
from services.models import Draft, Evidence, Mandate, Proof
from services.operations.fees import Claim
from services.operations.filing import Filing, Owner, Paper, Places
from services.queries.draft_fees import asked_of

IDENTITY = "identity_document"


@dataclass(frozen=True, slots=True)
class Packed:
    """What a draft holds when it is filed."""

    draft: Draft
    definition: Definition
    walk: Walk
    world: World
    about: About
    evidence: tuple[Evidence, ...]


def pack(packed: Packed, *, citizen: Filer, now: datetime) -> Filing:
    """The answers that count, those of registers among them, so that the dossier says what was filed for ever.

    At a desk the dossier is handed in there, whoever decides: any desk of the province takes it. NĐ 118/2025 Đ.14
    """
    draft, answers = packed.draft, dict(packed.walk.seen)
    owner = _owner(packed, citizen)
    competent = draft.competent_unit_id or 0
    contact = {"phone": packed.about.phone_of(answers)}
    if draft.return_channel == Channel.POST:
        contact["address"] = draft.postal_address or _address(packed, answers)
    return Filing(
        version=draft.version,
        owner=owner,
        filer=citizen.user,
        filer_name=citizen.name,
        filer_number=citizen.number,
        answers=answers,
        contact={key: value for key, value in contact.items() if value},
        summary=packed.about.summary_of(answers, procedure=draft.version.name_vi, owner=owner.name),
        places=Places(draft.desk_unit_id or competent, competent, draft.returning_unit_id or competent),
        channel=Channel.DESK if draft.desk_unit_id else Channel.ONLINE,
        return_channel=Channel(draft.return_channel),
        papers=tuple(papers(packed, citizen=citizen, now=now)),
        assisted_by=draft.writer if draft.desk_unit_id else None,
        level=Level(citizen.level) if citizen.level else None,
        claim=_claim(draft, now),
        needs_mandate=packed.about.needs_mandate(answers),
        mandate=Mandate.objects.filter(draft=draft).first(),
    )


def _claim(draft: Draft, now: datetime) -> Claim | None:
    """An exemption that is asked for, as far as the rules of this day still know it."""
    return Claim(draft.claimed, draft.claim_evidence) if asked_of(draft, localdate(now)) else None


def _owner(packed: Packed, filer: Filer) -> Owner:
    """Whose affair it is. Somebody else has an account here only when number and name are both theirs."""
    name, number = packed.about.owner_of(packed.walk.seen)
    if number == filer.number or not name:
        return Owner(name or filer.name, filer.number, filer.user)
    account = account_called(number=number, name=name) if number else None
    return Owner(name, number, User.objects.filter(pk=account).first() if account else None)


def papers(packed: Packed, *, citizen: Filer, now: datetime) -> Iterable[Paper]:
    """Files by their components, then data, then the sign-in, which vouches for who files. NĐ 69/2024 Đ.9"""
    version = packed.draft.version
    shown = packed.draft.desk_papers
    files = files_of(packed.walk)
    files |= {key: said["files"] for key, said in shown.items() if said["proof"] == Proof.ATTACHED}
    proven = proofs(packed.evidence, version=version, about=packed.about, now=now)
    for part in version.parts.get("components", []):
        key = part["key"]
        if key in files:
            yield Paper(key, Proof.ATTACHED, tuple(files[key]))
        elif one := proven.get(key):
            yield Paper(key, Proof.DATA, (), one.source, one.reference, one.answered_at)
        elif key in shown:
            yield Paper(key, Proof(shown[key]["proof"]))
        elif key == IDENTITY:
            yield _identity(citizen)


def _identity(filer: Filer) -> Paper:
    """The sign-in vouches for who files; at the desk an officer holds the card."""
    if vouched_by(filer) == SIGN_IN:
        return Paper(IDENTITY, Proof.DATA, (), SIGN_IN, "", filer.updated_at)
    return Paper(IDENTITY, Proof.SHOWN)


def files_of(way: Walk) -> dict[str, list[str]]:
    """Ids of files among the answers, by the component that they prove."""
    found: dict[str, list[str]] = {}
    for step in way.steps:
        for asked in (*step.asked, *(one for row in step.rows for one in row)):
            if asked.question.kind is Kind.FILES and asked.question.component and asked.value:
                found.setdefault(asked.question.component, []).extend(asked.value)
    return found


def _address(packed: Packed, answers: Mapping[str, Any]) -> str:
    questions = packed.definition.plain
    said = [key for key in ("requester_residence", *packed.about.residence) if key in answers and key in questions]
    return in_words(questions[said[0]], answers[said[0]], packed.world) if said else ""
