"""Who a session's user is. What users may do is answered elsewhere, from assignments."""

import uuid
from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest
from django.utils.timezone import localdate

from portal.accounts.models import Kind, User
from portal.accounts.queries import client_may


class _Active(BaseBackend):
    kind: Kind

    def get_user(self, user_id: Any) -> User | None:
        try:
            key = uuid.UUID(str(user_id))
        except ValueError:
            return None
        found: User | None = User.objects.active().filter(pk=key, kind=self.kind).first()
        return found


class OfficerBackend(_Active):
    """User name and password, for officers only; the second factor follows. Unknown names cost the same time."""

    kind = Kind.OFFICER

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: Any
    ) -> User | None:
        if username is None or password is None:
            return None
        user = User.objects.officers().active().filter(username=username.strip().lower()).first()
        if user is None:
            User().set_password(password)
            return None
        return user if user.check_password(password) else None


class ClientBackend(BaseBackend):
    """What programs may do: their grants, narrowed by the token they came with. Nobody signs in by it."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """`obj` is a unit or its id; None asks whether the right is held anywhere."""
        if not isinstance(user_obj, User) or user_obj.kind != Kind.SERVICE:
            return False
        return client_may(user_obj, str(perm), getattr(obj, "pk", obj), localdate())


class CitizenBackend(_Active):
    """Citizens come through the identity provider; this backend only knows them again."""

    kind = Kind.CITIZEN
