"""Speaks to the provider over HTTP: bounded in time and size, no redirects, one host. Knows no portal words."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
from django.core.exceptions import ImproperlyConfigured

TIMEOUT = (3.05, 8)  # seconds to connect, and between two bytes of the answer
LARGEST = 256 * 1024  # bytes of one answer
LOOPBACK = {"127.0.0.1", "::1", "localhost"}


class UnreachableError(Exception):
    """No answer, or none that makes sense."""


class CodeRefusedError(Exception):
    """The token endpoint says no to the code (RFC 6749 5.2: invalid_grant)."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """OpenID Connect Discovery 1.0, the parts we use."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    userinfo_endpoint: str
    jwks_uri: str
    names_itself: bool  # answers carry `iss`, RFC 9207


def check_issuer(issuer: str) -> None:
    """https, save on this machine: what comes back decides who somebody is."""
    parts = urlsplit(issuer)
    if not parts.hostname or parts.query or parts.fragment:
        raise ImproperlyConfigured("VNEID_ISSUER is not set to an address.")
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise ImproperlyConfigured("VNEID_ISSUER must be an https address.")


def metadata(issuer: str) -> Metadata:
    document = _json("GET", f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    try:
        found = Metadata(
            issuer=document["issuer"],
            authorization_endpoint=document["authorization_endpoint"],
            token_endpoint=document["token_endpoint"],
            userinfo_endpoint=document["userinfo_endpoint"],
            jwks_uri=document["jwks_uri"],
            names_itself=document.get("authorization_response_iss_parameter_supported") is True,
        )
    except KeyError as error:
        raise UnreachableError(f"The provider's metadata lack {error}.") from error
    addresses = (found.authorization_endpoint, found.token_endpoint, found.userinfo_endpoint, found.jwks_uri)
    if found.issuer != issuer or any(_origin(address) != _origin(issuer) for address in addresses):
        raise UnreachableError("The provider's metadata name another issuer or host.")
    return found


def keys(found: Metadata) -> dict[str, Any]:
    return _json("GET", found.jwks_uri)


def exchange(
    found: Metadata, *, code: str, verifier: str, redirect_uri: str, client_id: str, client_secret: str
) -> tuple[str, str]:
    """(ID token, access token) for the code. Raises CodeRefusedError, UnreachableError."""
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": redirect_uri,
        "code_verifier": verifier,
    }
    answer = _json("POST", found.token_endpoint, data=form, auth=(client_id, client_secret), refusals={400})
    if "error" in answer:
        raise CodeRefusedError(str(answer["error"])[:100])
    try:
        return str(answer["id_token"]), str(answer["access_token"])
    except KeyError as error:
        raise UnreachableError(f"The provider's answer lacks {error}.") from error


def userinfo(found: Metadata, access_token: str) -> dict[str, Any]:
    """The provider wants POST here."""
    return _json("POST", found.userinfo_endpoint, headers={"Authorization": f"Bearer {access_token}"})


def _origin(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    return parts.scheme, parts.netloc


def _json(method: str, address: str, *, refusals: set[int] | None = None, **kwargs: Any) -> dict[str, Any]:
    try:
        with requests.request(
            method, address, timeout=TIMEOUT, allow_redirects=False, stream=True, **kwargs
        ) as response:
            body = response.raw.read(LARGEST + 1, decode_content=True)
            status = response.status_code
    except (requests.RequestException, OSError) as error:
        raise UnreachableError(f"{method} {address}: {type(error).__name__}") from error
    if len(body) > LARGEST or (status != requests.codes.ok and status not in (refusals or set())):
        raise UnreachableError(f"{method} {address}: status {status}, {len(body)} bytes")
    try:
        document = json.loads(body)
    except ValueError as error:
        raise UnreachableError(f"{method} {address}: no JSON") from error
    if not isinstance(document, dict):
        raise UnreachableError(f"{method} {address}: no JSON object")
    return document
