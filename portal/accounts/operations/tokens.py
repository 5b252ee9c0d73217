"""Programs sign in: a secret against a token of minutes. RFC 6749 §4.4, and nothing else of it."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from portal.accounts.errors import TokenRefusedError
from portal.accounts.events import Fact
from portal.accounts.models import AccessToken, ApiClient, ClientGrant, ClientSecret
from portal.accounts.queries import digest
from portal.events import record
from portal.events.actors import System
from portal.isolation import scope


@dataclass(frozen=True, slots=True)
class Issued:
    """`text` is the token itself, which is stored nowhere."""

    text: str
    token: AccessToken


@transaction.atomic
def issue_token(*, client_id: str, secret: str, wanted: Iterable[str] | None, now: datetime) -> Issued:
    """A token for all that the client was granted, or for what it asks for of that. Raises TokenRefusedError."""
    client = _proved(client_id, secret, now)
    granted = set(ClientGrant.objects.filter(client=client).values_list("capability", flat=True))
    asked = granted if wanted is None else set(wanted)
    if not asked <= granted:
        raise TokenRefusedError("invalid_scope")
    text = secrets.token_urlsafe(32)
    token = AccessToken(
        digest=digest(text),
        client=client,
        capabilities=sorted(asked),
        issued_at=now,
        expires_at=now + settings.API_TOKEN_VALID,
    )
    token.save(force_insert=True)
    facts = {"until": token.expires_at, "scopes": len(asked)}
    _tell(Fact.TOKEN_ISSUED, client, now, facts)
    return Issued(text, token)


@transaction.atomic
def revoke_token(*, client_id: str, secret: str, text: str, now: datetime) -> None:
    """RFC 7009: a token that is unknown, over or another client's is nothing to complain about."""
    client = _proved(client_id, secret, now)
    if AccessToken.objects.filter(client=client, digest=digest(text)).delete()[0]:
        _tell(Fact.TOKEN_REVOKED, client, now)


@transaction.atomic
def clear_tokens(*, now: datetime) -> int:
    """Throw away what is over; how many."""
    count, _each = AccessToken.objects.filter(expires_at__lte=now).delete()
    if count:
        subject = ("accounts.accesstoken", "all")
        record(Fact.TOKENS_CLEARED, subject=subject, actor=System.SCHEDULE, unit=None, at=now, facts={"rows": count})
    return count


def _tell(fact: Fact, client: ApiClient, now: datetime, facts: dict[str, object] | None = None) -> None:
    """In the scope of the client: who asks for a token comes without any."""
    unit = client.owner_unit_id
    with scope(units=[unit], citizen=client.user.pk):
        record(fact, subject=client, actor=client.user, unit=unit, at=now, facts=facts)


def _proved(client_id: str, secret: str, now: datetime) -> ApiClient:
    found = ClientSecret.objects.select_related("client__user").filter(
        digest=digest(secret),
        expires_at__gt=now,
        client__user__username=client_id,
        client__in=ApiClient.objects.open(localdate(now)),
    )
    row = found.first()
    if row is None:
        raise TokenRefusedError("invalid_client")
    return row.client
