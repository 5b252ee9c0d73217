"""Who may look at what failed, and which program reports it. Own notifications belong to each citizen alone."""

from enum import StrEnum

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from portal.accounts.models import User
from portal.events.policies import can_replay


class Capability(StrEnum):
    REPORT = "notifications.notification.report"


def may_send_again(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whoever may send other failed deliveries again."""
    return can_replay(user)


def may_report(user: User, unit_id: int | None) -> bool:
    """A carrier's program, for the units for which it carries."""
    return user.has_perm(Capability.REPORT.value, unit_id)
