"""Deeds around API clients: made and granted rights by an administrator, secrets changed, suspended, closed."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from portal.accounts import machines
from portal.accounts.errors import BadTermError, NotAllowedError, NotForProgramsError, WrongStateError
from portal.accounts.events import Fact
from portal.accounts.models import ApiClient, ClientGrant, ClientSecret, Kind, User
from portal.accounts.models.clients import Reach
from portal.accounts.policies import Asker, may_manage
from portal.accounts.queries import digest
from portal.accounts.states import TRANSITIONS, ClientAction, ClientState
from portal.events import record
from portal.events.actors import System

LONGEST_TERM = timedelta(days=5 * 366)
SECRET_VALID = timedelta(days=365)
LONGEST_OVERLAP = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class GrantRow:
    capability: str
    unit_id: int
    reach: Reach = Reach.OWN


@transaction.atomic
def create_client(
    *,
    name: str,
    owner_unit_id: int,
    grants: Iterable[GrantRow],
    first_day: date,
    until: date,
    actor: Asker | System,
    now: datetime,
) -> ApiClient:
    """A program of the unit, with its rights, and without a secret yet. `until` is the first day without it.

    The actor needs the right at the owner and at every unit of the grants.
    """
    rows = list(dict.fromkeys(grants))
    units = {owner_unit_id, *(row.unit_id for row in rows)}
    if not all(may_manage(actor, unit) for unit in sorted(units)):
        raise NotAllowedError
    if not {row.capability for row in rows} <= set(machines.known()):
        raise NotForProgramsError
    if not first_day < until <= first_day + LONGEST_TERM:
        raise BadTermError
    user = User(kind=Kind.SERVICE, username=f"api-{secrets.token_hex(8)}", created_at=now)
    user.set_unusable_password()
    user.save(force_insert=True)
    record(Fact.USER_CREATED, subject=user, actor=actor, unit=owner_unit_id, at=now, facts={"kind": user.kind})
    client = ApiClient(
        user=user,
        name=name,
        owner_unit_id=owner_unit_id,
        state=ClientState.ACTIVE,
        valid=DateRange(first_day, until),
        made_at=now,
    )
    client.save(force_insert=True)
    ClientGrant.objects.bulk_create(
        ClientGrant(client=client, capability=row.capability, unit_id=row.unit_id, reach=row.reach) for row in rows
    )
    facts = {
        "user": str(user.pk),
        "from": first_day,
        "until": until,
        "grants": [[row.capability, row.unit_id, row.reach] for row in rows],
    }
    _tell(Fact.CLIENT_CREATED, client, actor, now, facts, after=ClientState.ACTIVE)
    return client


@transaction.atomic
def give_client_secret(
    *, client: ApiClient, overlap: timedelta = timedelta(days=7), actor: Asker | System, now: datetime
) -> str:
    """A new secret, shown once. The newest of the others stays good for `overlap`, all older ones end now."""
    locked = _lock(client, actor)
    if locked.state == ClientState.CLOSED:
        raise WrongStateError
    grace = min(max(overlap, timedelta(0)), LONGEST_OVERLAP)
    live = ClientSecret.objects.filter(client=locked, expires_at__gt=now).order_by("-made_at", "-id")
    for place, old in enumerate(live.select_for_update()):
        old.expires_at = min(old.expires_at, now + grace) if place == 0 else now
        old.save(update_fields=["expires_at"])
    secret = secrets.token_urlsafe(32)
    ends = now + SECRET_VALID
    ClientSecret.objects.create(client=locked, digest=digest(secret), made_at=now, expires_at=ends)
    _tell(Fact.CLIENT_SECRET_GIVEN, locked, actor, now, {"until": ends, "overlap_days": grace.days})
    return secret


@transaction.atomic
def suspend_client(*, client: ApiClient, reason: str, actor: Asker | System, now: datetime) -> ApiClient:
    """Its tokens stop working with the next request; it can be opened again."""
    return _move(client, ClientAction.SUSPEND, reason, actor, now)


@transaction.atomic
def resume_client(*, client: ApiClient, reason: str, actor: Asker | System, now: datetime) -> ApiClient:
    return _move(client, ClientAction.RESUME, reason, actor, now)


@transaction.atomic
def close_client(*, client: ApiClient, reason: str, actor: Asker | System, now: datetime) -> ApiClient:
    """For ever: its secrets and tokens are void, its deeds stay in the trail."""
    closed = _move(client, ClientAction.CLOSE, reason, actor, now)
    ClientSecret.objects.filter(client=closed, expires_at__gt=now).update(expires_at=now)
    closed.tokens.all().delete()
    return closed


def _move(client: ApiClient, action: ClientAction, reason: str, actor: Asker | System, now: datetime) -> ApiClient:
    locked = _lock(client, actor)
    sources, target, fact = TRANSITIONS[action]
    before = ClientState(locked.state)
    if before not in sources:
        raise WrongStateError
    locked.state = client.state = target
    locked.save(update_fields=["state"])
    _tell(fact, locked, actor, now, {"reason": reason[:300]}, before=before, after=target)
    return locked


def _lock(client: ApiClient, actor: Asker | System) -> ApiClient:
    locked = ApiClient.objects.select_for_update(of=("self",)).select_related("user").get(pk=client.pk)
    if not may_manage(actor, locked.owner_unit_id):
        raise NotAllowedError
    return locked


def _tell(
    fact: Fact,
    client: ApiClient,
    actor: Asker | System,
    now: datetime,
    facts: dict[str, object],
    *,
    before: str = "",
    after: str = "",
) -> None:
    unit = client.owner_unit_id
    record(fact, subject=client, actor=actor, unit=unit, at=now, before=before, after=after, facts=facts)
