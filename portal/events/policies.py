"""Who may look at the machinery of the trail."""

from enum import StrEnum

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser


class Capability(StrEnum):
    REPLAY = "events.delivery.replay"


def can_replay(user: AbstractBaseUser | AnonymousUser) -> bool:
    """See the desk of dead letters and send them again."""
    return bool(user.is_active and getattr(user, "has_perm", lambda _: False)(Capability.REPLAY))
