"""The token endpoint: RFC 6749 §4.4 (client credentials) and RFC 7009 (revocation), form encoded as they say.

Refusals are problem documents as everywhere, and carry `error` and `error_description` for OAuth libraries.
"""

import base64
import binascii
from collections.abc import Mapping
from typing import Any, NoReturn
from urllib.parse import unquote_plus

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import UnsupportedMediaType
from rest_framework.parsers import FormParser
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts import operations
from portal.accounts.errors import TokenRefusedError
from portal.accounts.identity import Reason
from portal.api import problems
from portal.api.base import ApiView
from portal.api.problems import Kind, Problem

LONGEST = 4000  # characters of one value
BASIC = 'Basic realm="api"'


class TokenRequestSerializer(serializers.Serializer[Any]):
    """Client id and secret in the header Authorization (Basic), or both in the body."""

    grant_type = serializers.ChoiceField(choices=["client_credentials"], help_text=_("Always client_credentials."))
    scope = serializers.CharField(
        required=False, help_text=_("Capabilities with blanks between them; all that were granted when left out.")
    )
    client_id = serializers.CharField(required=False, help_text=_("When not in the header Authorization."))
    client_secret = serializers.CharField(required=False, help_text=_("When not in the header Authorization."))


class TokenSerializer(serializers.Serializer[Any]):
    """The names are those of RFC 6749."""

    access_token = serializers.CharField(help_text=_("Send it as: Authorization: Bearer …"))
    token_type = serializers.ChoiceField(choices=["Bearer"], help_text=_("Always Bearer."))
    expires_in = serializers.IntegerField(help_text=_("Seconds until it ends."))
    scope = serializers.CharField(allow_blank=True, help_text=_("The capabilities it holds."))


class RevocationSerializer(serializers.Serializer[Any]):
    """Client id and secret in the header Authorization (Basic), or both in the body."""

    token = serializers.CharField(help_text=_("The access token that is to end."))
    token_type_hint = serializers.CharField(required=False, help_text=_("Is not needed."))
    client_id = serializers.CharField(required=False, help_text=_("When not in the header Authorization."))
    client_secret = serializers.CharField(required=False, help_text=_("When not in the header Authorization."))


class _Endpoint(ApiView):
    """Proves the client; a refusal is answered, not raised, so that its event is kept."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    parser_classes = (FormParser,)
    further_problems = (Kind.UNAUTHENTICATED,)
    known: frozenset[str] = frozenset()

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response

    def said(self, request: Request) -> dict[str, str]:
        """The values of the form. Raises TokenRefusedError; unknown names are ignored, as RFC 6749 §3.2 says."""
        try:
            data: Any = request.data
        except UnsupportedMediaType:
            sentence = gettext("OAuth speaks in forms: send application/x-www-form-urlencoded to this address.")
            raise Problem(Kind.MEDIA_TYPE, sentence) from None
        if not hasattr(data, "getlist"):  # an empty body
            _refuse("invalid_request")
        found = {}
        for name in self.known & set(data):
            values = data.getlist(name)
            if len(values) > 1 or len(values[0]) > LONGEST or not values[0].isprintable():
                _refuse("invalid_request")
            found[name] = values[0]
        return found

    def refused(self, request: Request, code: str) -> HttpResponse:
        if code == "invalid_client":
            operations.note_refusal(reason=Reason.CLIENT, method="client", now=timezone.now())
        words = WORDS[code]()
        kind = Kind.UNAUTHENTICATED if code == "invalid_client" else Kind.BAD_REQUEST
        headers = {"WWW-Authenticate": BASIC} if kind is Kind.UNAUTHENTICATED else {}
        members = {"error": code, "error_description": words}
        return problems.respond(request, kind, detail=words, members=members, headers=headers)


WORDS = {
    "invalid_request": lambda: gettext("The request is not complete, or says something twice. No token was given."),
    "invalid_client": lambda: gettext(
        "Client id and secret do not fit, or the client is not let in now. No token was given."
    ),
    "invalid_scope": lambda: gettext("The client was not granted all of these scopes. No token was given."),
    "unsupported_grant_type": lambda: gettext("Only client_credentials exists here. No token was given."),
}


def _refuse(code: str) -> NoReturn:
    raise TokenRefusedError(code)


def credentials(request: Request, said: Mapping[str, str]) -> tuple[str, str]:
    """Client id and secret from the header or the body, never from both (RFC 6749 §2.3)."""
    header = str(request.headers.get("Authorization", ""))
    if not header:
        return said.get("client_id", ""), said.get("client_secret", "")
    scheme, _sep, text = header.partition(" ")
    if scheme.lower() != "basic" or "client_secret" in said:
        _refuse("invalid_request" if "client_secret" in said else "invalid_client")
    try:
        name, _sep, secret = base64.b64decode(text.strip(), validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        _refuse("invalid_client")
    name, secret = unquote_plus(name), unquote_plus(secret)
    if "\0" in name or len(header) > LONGEST or said.get("client_id", name) != name:
        _refuse("invalid_client")
    return name, secret


class TokenEndpoint(_Endpoint):
    known = frozenset({"grant_type", "scope", "client_id", "client_secret"})

    @extend_schema(
        operation_id="issueToken",
        tags=["access"],
        summary=_("Get an access token"),
        request={"application/x-www-form-urlencoded": TokenRequestSerializer},
        responses={200: TokenSerializer},
    )
    def post(self, request: Request) -> Response | HttpResponse:
        try:
            said = self.said(request)
            if "grant_type" not in said:
                _refuse("invalid_request")
            if said["grant_type"] != "client_credentials":
                _refuse("unsupported_grant_type")
            client_id, secret = credentials(request, said)
            wanted = said["scope"].split() if said.get("scope", "").strip() else None
            issued = operations.issue_token(client_id=client_id, secret=secret, wanted=wanted, now=timezone.now())
        except TokenRefusedError as refusal:
            return self.refused(request, refusal.code)
        return Response(
            {
                "access_token": issued.text,
                "token_type": "Bearer",
                "expires_in": int(settings.API_TOKEN_VALID.total_seconds()),
                "scope": " ".join(issued.token.capabilities),
            }
        )


class RevocationEndpoint(_Endpoint):
    known = frozenset({"token", "token_type_hint", "client_id", "client_secret"})

    @extend_schema(
        operation_id="revokeToken",
        tags=["access"],
        summary=_("Give an access token back"),
        request={"application/x-www-form-urlencoded": RevocationSerializer},
        responses={200: None},
    )
    def post(self, request: Request) -> Response | HttpResponse:
        try:
            said = self.said(request)
            client_id, secret = credentials(request, said)
            if "token" not in said:
                _refuse("invalid_request")
            operations.revoke_token(client_id=client_id, secret=secret, text=said["token"], now=timezone.now())
        except TokenRefusedError as refusal:
            return self.refused(request, refusal.code)
        return Response(status=200)
