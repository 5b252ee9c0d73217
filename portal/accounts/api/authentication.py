"""Who asks. A refusal here is a 401 problem; what the principal may see and do is decided further on."""

from django.http import HttpRequest
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from portal.accounts.models import User
from portal.accounts.signing_in import has_second_factor

REALM = 'Bearer realm="api"'


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
