"""Who may look at what failed. Own preferences and own notifications belong to each citizen alone."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from portal.events.policies import can_replay


def may_send_again(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whoever may send other failed deliveries again."""
    return can_replay(user)
