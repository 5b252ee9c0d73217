"""Who asks. A refusal here is a 401 problem; what the principal may see and do is decided further on."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from portal.accounts.models import AccessToken, User
from portal.accounts.queries import live_token
from portal.accounts.signing_in import has_second_factor
from portal.isolation import adopt
from portal.isolation.scopes import scope_of

REALM = 'Bearer realm="api"'
LONGEST = 200  # characters of a token


class BearerToken(BaseAuthentication):
    """Programs. From here on the request sees what the client's units own, and nothing of a session that came along."""

    def authenticate(self, request: Request) -> tuple[User, AccessToken] | None:
        scheme, _, text = str(request.headers.get("Authorization", "")).partition(" ")
        if scheme.lower() != "bearer":
            return None
        text = text.strip()
        token = live_token(text, timezone.now()) if text.isascii() and len(text) <= LONGEST else None
        if token is None:
            raise AuthenticationFailed
        user = token.client.user
        user.narrowed_to = frozenset(token.capabilities)
        asked: Any = request._request
        asked.user = user
        adopt(scope_of(asked))
        return user, token

    def authenticate_header(self, request: Request) -> str:
        return REALM


class BrowserSession(SessionAuthentication):
    """Scripts of our own pages, with the form's token in X-CSRFToken. Officers need their second factor here too."""

    def authenticate(self, request: Request) -> tuple[User, None] | None:
        found = super().authenticate(request)
        if found is None or not isinstance(found[0], User):
            return None
        user = found[0]
        asked: HttpRequest = request._request
        if user.is_officer and not has_second_factor(asked):
            raise AuthenticationFailed
        return user, None

    def authenticate_header(self, request: Request) -> str:
        return REALM
