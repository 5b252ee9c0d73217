"""What simulated people do, by the operations of everybody and with the rights of whoever does it."""

import random
import uuid
from datetime import datetime

from django.db import transaction

from portal.accounts.models import Level, User
from portal.isolation import Purpose, Scope, scope, use
from services import versions
from services.kinds import Channel
from services.models import Dossier, ProcedureVersion, Proof, WorkItem
from services.operations import processing, reception
from services.operations.filing import Filing, Owner, Paper, Places, submit
from services.queries.dossiers import units_with
from services.replay.invented import invented, village
from services.states import Capability, ItemState, State
from staff.policies import remember, today
from staff.scopes import scope_of

NOTHING = "nothing to do"
FILED = "filed"
DONE = "done"
LOOKED_AT = 20  # an officer takes any of the first so many of the queue


def signed_in(user_id: uuid.UUID) -> tuple[User, Scope]:
    """As a request begins: who it is, and which units they see and act at until it ends."""
    with transaction.atomic(), scope(purpose=Purpose.SIGN_IN):
        user = User.objects.get(pk=user_id)
        remember(user)
        return user, scope_of(user)


def accept(user_id: uuid.UUID, luck: random.Random, now: datetime) -> str:
    """The desk receives one of those that wait for its answer; registers prove what they need."""
    user, rights = signed_in(user_id)
    with transaction.atomic(), use(rights):
        units = units_with(user, Capability.RECEIVE, today())
        waiting = Dossier.objects.filter(responsible_unit__in=units, state=State.SUBMITTED.value)
        found = list(waiting.order_by("next_due_at", "id")[:LOOKED_AT])
        if not found:
            return NOTHING
        reception.accept(dossier=luck.choice(found), actor=user, now=now)
    return DONE


def work(user_id: uuid.UUID, luck: random.Random, now: datetime) -> str:
    """A specialist takes a step, or finishes the one they hold."""
    user, rights = signed_in(user_id)
    with transaction.atomic(), use(rights):
        units = units_with(user, Capability.PROCESS, today())
        steps = WorkItem.objects.filter(unit__in=units, state=ItemState.OPEN.value, role="specialist")
        found = list(steps.select_related("dossier").order_by("opened_at", "id")[:LOOKED_AT])
        found = [item for item in found if item.officer_id in {None, user.pk} and item.dossier.paused_at is None]
        if not found:
            return NOTHING
        item = luck.choice(found)
        if item.officer_id is None or item.dossier.state != State.PROCESSING:
            processing.take_step(item=item, actor=user, now=now)
        else:
            processing.finish_step(item=item, note="", actor=user, now=now)
    return DONE


def file(user_id: uuid.UUID, version: ProcedureVersion, unit: int, now: datetime) -> str:
    """A citizen files online at the commune that is competent today."""
    with transaction.atomic(), scope(purpose=Purpose.SIGN_IN):
        user = User.objects.get(pk=user_id)
    name = invented()["citizens"][0]
    filing = Filing(
        version=version, owner=Owner(name, user=user), filer=user, filer_name=name, answers={"village": village(1)},
        contact={"address": village(1)}, summary=version.name_vi, places=Places(unit, unit, unit),
        channel=Channel.ONLINE, return_channel=Channel.DESK, level=Level(versions.least_level(version)),
        papers=tuple(
            Paper(part.key, Proof.DATA, source="population", source_ref="replay", source_at=now)
            for part in versions.components(version)
            if part.required
        ),
    )  # fmt: skip
    with transaction.atomic(), use(Scope(citizen=user.pk)):
        submit(filing=filing, actor=user, now=now)
    return FILED
