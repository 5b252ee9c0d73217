"""Closed by default, and to programs twice: an address must name the capability that opens it to them."""

from typing import Any, Protocol, cast

from rest_framework.permissions import BasePermission
from rest_framework.request import Request


class Token(Protocol):
    """What a program proved itself with; `request.auth`. People come with their browser's session and have none."""

    def allows(self, capability: str) -> bool: ...


class SignedIn(BasePermission):
    def has_permission(self, request: Request, view: Any) -> bool:
        if not request.user or not request.user.is_authenticated:
            return False
        token = cast("Token | None", request.auth)
        if token is None:
            return True
        capability = view.capability_for(request.method)
        return bool(capability) and token.allows(str(capability))
