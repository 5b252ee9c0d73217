"""The report on an act that took effect: drafted by the portal once, signed and issued by people.

What a review and a check of its form would compare was filled in by the portal itself; so it waits for its signer at
once. Signing, numbering and sealing stay deeds of people. NĐ 30/2020 Đ.13-18
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from documents.act_report import content, subject, words
from documents.capacities import posts_that_sign
from documents.drafts import Draft, Origin, RecipientLine
from documents.errors import NobodySignsError, ReportStandsError
from documents.events import Fact
from documents.kinds import Capacity, RecipientKind
from documents.models import Document
from documents.operations.drafting import draft_document, revise_draft
from documents.operations.route import check_format, review, submit_for_review
from documents.policies import ACT, ACT_REPORT, signing_rights
from documents.queries.act_reports import may_be_drafted_anew, report_of
from documents.states import DocumentState
from portal.accounts.models import User
from portal.events import record
from portal.events.actors import System
from portal.isolation import Purpose, scope
from staff.models import Assignment
from units.kinds import Level
from units.models import ReorgEvent, ReorgProof, Unit
from units.operations import reorganisation_of
from units.operations.steps import permit, unit_of
from units.queries import versions_at
from units.states import Capability as ActCapability

TYPE = "report"
MOST_RECIPIENTS = 30


@transaction.atomic
def draft_act_report(*, act_id: int, actor: System, now: datetime) -> Document | None:
    """None when nobody at the act's province may sign it yet, or when the act moved nothing and so proved nothing.

    A second call finds the first one's report, whatever has become of it.
    """
    act = ReorgEvent.objects.select_for_update(of=("self",)).get(pk=act_id)
    on = localdate(now)
    with scope(purpose=Purpose.REORGANISATION):
        proof = ReorgProof.objects.filter(event=act).first()
        told = content(act, proof) if proof else {}
    if proof is None:
        return None
    units = list(_organs(act, on))
    with scope(units=units):
        if there := report_of(act):
            return there
        draft = _draft(act, told, units, on)
        return _made_ready(draft_document(draft=draft, actor=actor, now=now), actor, now) if draft else None


@transaction.atomic
def redraft_act_report(*, act_id: int, actor: User, now: datetime) -> Document:
    """Anew, from the same proof, after its signer returned it or it was cancelled. Asked for by who drafts acts there;
    what is done with the document is done by the portal, as the first time.

    Raises ReportStandsError, NobodySignsError, and what `permit` raises.
    """
    act = ReorgEvent.objects.select_for_update(of=("self",)).get(pk=act_id)
    permit(actor, ActCapability.DRAFT, act.unit_id)
    on, portal = localdate(now), System.REORGANISATION
    with scope(purpose=Purpose.REORGANISATION):
        proof = ReorgProof.objects.filter(event=act).first()
        told = content(act, proof) if proof else {}
    units = list(_organs(act, on))
    with scope(units=units):
        there = report_of(act)
        if proof is None or there is None or not may_be_drafted_anew(there):
            raise ReportStandsError
        draft = _draft(act, told, [there.unit_id], on)
        if draft is None:
            raise NobodySignsError
        if there.state == DocumentState.DRAFT:
            document = revise_draft(document=there, draft=draft, revision=there.revision, actor=portal, now=now)
        else:
            document = draft_document(draft=draft, actor=portal, now=now)
        facts = {"act": act.pk, "legal_no": act.legal_no}
        fact = Fact.ACT_REPORT_ASKED_FOR
        record(fact, subject=document, actor=actor, unit=document.unit_id, at=now, facts=facts)
        return _made_ready(document, portal, now)


def _draft(act: ReorgEvent, told: dict[str, Any], units: Iterable[int], on: date) -> Draft | None:
    """At the first of the units where somebody may sign it."""
    for unit in units:
        if signer := _signer(act, unit, on):
            break
    else:
        return None
    assignment, capacity = signer
    return Draft(
        unit_id=unit,
        type_code=TYPE,
        layout=ACT_REPORT,
        subject=subject(act),
        signer_id=assignment.pk,
        capacity=capacity,
        content=told,
        recipients=tuple(_recipients(act, unit, on)),
        origin=Origin(type=ACT, id=str(act.pk)),
    )


def _made_ready(document: Document, actor: System, now: datetime) -> Document:
    for deed in (submit_for_review, review, check_format):
        document = deed(document=document, revision=document.revision, actor=actor, now=now)
    return document


def _organs(act: ReorgEvent, on: date) -> Iterator[int]:
    """Where it may be filed: the act's own unit; of an act of the country, the provinces that took work over."""
    first = unit_of(act)
    yield first
    paths = [version.path for version in versions_at(sorted(reorganisation_of(act).receiving), on).values()]
    above = {int(step) for path in paths for step in path.split(".")} - {first}
    provinces = Unit.objects.filter(pk__in=above, level=Level.PROVINCE).order_by("pk")
    yield from provinces.values_list("pk", flat=True)


def _signer(act: ReorgEvent, unit: int, on: date) -> tuple[Assignment, Capacity] | None:
    """Who signed the act, where they may sign for this organ; else whoever signs for the whole of it; else any."""
    signed = getattr(act, "signature", None)
    rows = Assignment.objects.on(on).filter(unit_id=unit, post__code__in=posts_that_sign(on)).exclude(user=None)
    found: list[tuple[bool, bool, int, Assignment, Capacity]] = []
    for row in rows.select_related("post", "user").order_by("id"):
        if row.user is None:
            continue
        own = [right for right in signing_rights(row.user, unit, on) if right.assignment.pk == row.pk]
        for capacity in {capacity for right in own if right.delegation is None for capacity in right.capacities}:
            is_other = signed is None or signed.signer != row.user.event_actor
            found.append((is_other, capacity is not Capacity.COLLECTIVE, row.pk, row, capacity))
    first = min(found, key=lambda each: (*each[:3], each[4].value), default=None)
    return (first[3], first[4]) if first else None


def _recipients(act: ReorgEvent, organ: int, on: date) -> Iterator[RecipientLine]:
    """The units that took work over see it once it is issued."""
    receiving = versions_at(sorted(reorganisation_of(act).receiving - {organ}), on)
    if 0 < len(receiving) <= MOST_RECIPIENTS:
        for unit_id, version in sorted(receiving.items()):
            yield RecipientLine(name=version.full_name, unit_id=unit_id)
    else:
        yield RecipientLine(name=words()["organs_concerned"])
    yield RecipientLine(name=words()["keeper"], kind=RecipientKind.KEEP)
