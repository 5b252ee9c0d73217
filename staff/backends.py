"""`user.has_perm("units.reorganisation.enter", unit_id)`, answered from assignments and delegations."""

from typing import Any

from django.contrib.auth.backends import BaseBackend

from portal.accounts.models import User
from staff.policies import has_right, today
from units.models import Unit


class AssignmentBackend(BaseBackend):
    """Nothing is remembered between two requests: an assignment that ended gives no right at the next one."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """`obj` is a unit or its id; None asks whether the right is held anywhere."""
        if not isinstance(user_obj, User) or not user_obj.is_active:
            return False
        return has_right(user_obj, perm, obj.pk if isinstance(obj, Unit) else obj, today())
