"""A remote signing service by CSC API v1: info, login, credentials, activation by PIN, signatures over digests.

Keys are made for whoever asks with the shared secret (`keys`), and live in the memory of this process.
"""

import base64
import hmac
import json
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

MOST = 200  # signatures of one activation
ECDSA_SHA256, SHA256 = "1.2.840.10045.4.3.2", "2.16.840.1.101.3.4.2.1"


class NoError(Exception):
    """What the service answers with status 400 (401 for invalid_token)."""


@dataclass
class Key:
    private: ec.EllipticCurvePrivateKey
    pin: str
    certificate: str = ""  # PEM
    chain: list[str] = field(default_factory=list)


@dataclass
class Memory:
    keys: dict[str, Key] = field(default_factory=dict)
    tokens: set[str] = field(default_factory=set)
    activations: dict[str, tuple[str, int]] = field(default_factory=dict)  # SAD: credential, signatures left
    lock: threading.Lock = field(default_factory=threading.Lock)


MEMORY = Memory()


def method(
    *, signed_in: bool = True
) -> Callable[[Callable[[dict[str, Any]], dict[str, Any]]], Callable[..., HttpResponse]]:
    """A method of the API: JSON in, JSON out."""

    def wrap(answer: Callable[[dict[str, Any]], dict[str, Any]]) -> Callable[..., HttpResponse]:
        @csrf_exempt
        @require_POST
        @wraps(answer)
        def view(request: HttpRequest) -> HttpResponse:
            if signed_in and request.headers.get("Authorization", "").removeprefix("Bearer ") not in MEMORY.tokens:
                return JsonResponse({"error": "invalid_token"}, status=401)
            try:
                return JsonResponse(answer(json.loads(request.body or b"{}")))
            except NoError as error:
                return JsonResponse({"error": str(error)}, status=400)
            except (ValueError, KeyError, TypeError):
                return JsonResponse({"error": "invalid_request"}, status=400)

        return view

    return wrap


def _basic(request: HttpRequest) -> bool:
    pair = f"{settings.VNEID_CLIENT_ID}:{settings.VNEID_CLIENT_SECRET}".encode()
    expected = b"Basic " + base64.b64encode(pair)
    return hmac.compare_digest(request.headers.get("Authorization", "").encode(), expected)


@method(signed_in=False)
def info(asked: dict[str, Any]) -> dict[str, Any]:
    return {
        "specs": "1.0.4.0",
        "name": "Sandbox",
        "region": "VN",
        "lang": "vi-VN",
        "authType": ["basic"],
        "methods": [
            "auth/login",
            "credentials/list",
            "credentials/info",
            "credentials/authorize",
            "signatures/signHash",
        ],
    }


@csrf_exempt
@require_POST
def login(request: HttpRequest) -> HttpResponse:
    if not _basic(request):
        return JsonResponse({"error": "authentication_error"}, status=400)
    token = secrets.token_urlsafe(24)
    with MEMORY.lock:
        MEMORY.tokens.add(token)
    return JsonResponse({"access_token": token, "token_type": "Bearer", "expires_in": 3600})


@csrf_exempt
@require_POST
def keys(request: HttpRequest) -> HttpResponse:
    """Not of the API. {"credentialID", "PIN", "name"} makes a key and its request; {"credentialID", "certificate",
    "chain"} gives the certificate that came of it."""
    if not _basic(request):
        return JsonResponse({"error": "authentication_error"}, status=401)
    asked = json.loads(request.body)
    with MEMORY.lock:
        if "certificate" in asked:
            key = MEMORY.keys[asked["credentialID"]]
            key.certificate, key.chain = asked["certificate"], asked["chain"]
            return JsonResponse({})
        key = MEMORY.keys[asked["credentialID"]] = Key(ec.generate_private_key(ec.SECP256R1()), asked["PIN"])
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, asked["name"])])
    made = x509.CertificateSigningRequestBuilder().subject_name(subject).sign(key.private, hashes.SHA256())
    return JsonResponse({"request": made.public_bytes(serialization.Encoding.PEM).decode()})


@method()
def list_credentials(asked: dict[str, Any]) -> dict[str, Any]:
    return {"credentialIDs": sorted(MEMORY.keys)}


@method()
def credential(asked: dict[str, Any]) -> dict[str, Any]:
    key = _key(asked)
    return {
        "key": {"status": "enabled", "algo": ["1.2.840.10045.2.1", ECDSA_SHA256], "len": 256},
        "cert": {"status": "valid", "certificates": [key.certificate, *key.chain]},
        "authMode": "explicit",
        "SCAL": "1",
        "PIN": {"presence": "true", "format": "N"},
        "multisign": MOST,
    }


@method()
def authorize(asked: dict[str, Any]) -> dict[str, Any]:
    key, count = _key(asked), int(asked["numSignatures"])
    if not hmac.compare_digest(str(asked.get("PIN", "")).encode(), key.pin.encode()):
        raise NoError("invalid_pin")
    if not 0 < count <= MOST:
        raise NoError("invalid_request")
    sad = secrets.token_urlsafe(24)
    with MEMORY.lock:
        MEMORY.activations[sad] = (asked["credentialID"], count)
    return {"SAD": sad, "expiresIn": 3600}


@method()
def sign_hash(asked: dict[str, Any]) -> dict[str, Any]:
    key, digests = _key(asked), [base64.b64decode(one, validate=True) for one in asked["hash"]]
    if asked["signAlgo"] != ECDSA_SHA256 or asked.get("hashAlgo", SHA256) != SHA256:
        raise NoError("invalid_request")
    with MEMORY.lock:
        credential_id, left = MEMORY.activations.get(asked["SAD"], ("", 0))
        if credential_id != asked["credentialID"] or not 0 < len(digests) <= left:
            raise NoError("invalid_sad")
        MEMORY.activations[asked["SAD"]] = (credential_id, left - len(digests))
    made = [key.private.sign(digest, ec.ECDSA(Prehashed(hashes.SHA256()))) for digest in digests]
    return {"signatures": [base64.b64encode(one).decode() for one in made]}


def _key(asked: dict[str, Any]) -> Key:
    try:
        return MEMORY.keys[asked["credentialID"]]
    except KeyError as error:
        raise NoError("invalid_credential") from error


urlpatterns = [
    path("info", info),
    path("auth/login", login),
    path("credentials/list", list_credentials),
    path("credentials/info", credential),
    path("credentials/authorize", authorize),
    path("signatures/signHash", sign_hash),
    path("keys", keys),
]
