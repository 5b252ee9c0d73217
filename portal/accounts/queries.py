"""What API clients may do, and who holds a token. Pure reads."""

import hashlib
from datetime import date, datetime

from django.utils.timezone import localdate

from portal.accounts.models import AccessToken, ApiClient, ClientGrant, User
from portal.accounts.models.clients import Reach
from portal.calendar import places


def digest(secret: str) -> str:
    """Secrets and tokens have 256 random bits, so they need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def grants_of(user: User, on: date) -> list[ClientGrant]:
    """Nothing, when the client is suspended, closed or out of its days."""
    open_now = ApiClient.objects.open(on).filter(user=user)
    return list(ClientGrant.objects.filter(client__in=open_now).order_by("id")[:1000])


def client_may(user: User, capability: str, unit_id: int | None, on: date) -> bool:
    """By a grant at the unit, or at one above; `None` asks for the right anywhere. A token narrows it further."""
    if user.narrowed_to is not None and capability not in user.narrowed_to:
        return False
    found = [grant for grant in grants_of(user, on) if grant.capability == capability]
    if unit_id is None or any(grant.unit_id == unit_id for grant in found):
        return bool(found)
    from_above = {grant.unit_id for grant in found if grant.reach == Reach.BELOW}
    place = places.place(unit_id, on) if from_above else None
    return bool(place and from_above & set(place.above))


def live_token(text: str, now: datetime) -> AccessToken | None:
    """The token with its client and user, while all three are good."""
    rows = AccessToken.objects.select_related("client__user").filter(
        digest=digest(text), expires_at__gt=now, client__in=ApiClient.objects.open(localdate(now))
    )
    return rows.first()
