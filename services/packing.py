"""A finished draft as what `operations.filing.submit` takes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.accounts.models import Citizen, Level
from services.about import About
from services.declarations import Definition, Walk, World
from services.declarations.definition import Kind
from services.declarations.reviewing import in_words
from services.kinds import Channel
from services.known import proofs
from services.models import Draft, Evidence, Proof
from services.operations.filing import Filing, Owner, Paper, Places
from services.prefill import SIGN_IN

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


def pack(packed: Packed, *, citizen: Citizen, now: datetime) -> Filing:
    """The answers that count, those of registers among them, so that the dossier says what was filed for ever."""
    draft, answers = packed.draft, dict(packed.walk.seen)
    name, number = packed.about.owner_of(answers)
    own = number == citizen.number or not name
    owner = Owner(name or citizen.name, citizen.number if own else number, citizen.user if own else None)
    competent = draft.competent_unit_id or 0
    contact = {"phone": packed.about.phone_of(answers)}
    if draft.return_channel == Channel.POST:
        contact["address"] = _address(packed, answers)
    return Filing(
        version=draft.version,
        owner=owner,
        filer=citizen.user,
        filer_name=citizen.name,
        answers=answers,
        contact={key: value for key, value in contact.items() if value},
        summary=packed.about.summary_of(answers, procedure=draft.version.name_vi, owner=owner.name),
        places=Places(competent, competent, draft.returning_unit_id or competent),
        channel=Channel.ONLINE,
        return_channel=Channel(draft.return_channel),
        papers=tuple(papers(packed, citizen=citizen, now=now)),
        level=Level(citizen.level),
    )


def papers(packed: Packed, *, citizen: Citizen, now: datetime) -> Iterable[Paper]:
    """Files by their components, then data, then the sign-in, which vouches for who files. NĐ 69/2024 Đ.9"""
    version = packed.draft.version
    files = files_of(packed.walk)
    proven = proofs(packed.evidence, version=version, about=packed.about, now=now)
    for part in version.parts.get("components", []):
        key = part["key"]
        if key in files:
            yield Paper(key, Proof.ATTACHED, tuple(files[key]))
        elif one := proven.get(key):
            yield Paper(key, Proof.DATA, (), one.source, one.reference, one.answered_at)
        elif key == IDENTITY:
            yield Paper(key, Proof.DATA, (), SIGN_IN, "", citizen.updated_at)


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
