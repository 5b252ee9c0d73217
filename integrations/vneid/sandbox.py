"""VNeID's side for demonstrations and tests, spoken to over real HTTP. It signs real tokens, and wrong ones on request.

Everything lives in the memory of one process: its key is made at start, codes live for a minute and are taken once.
"""

import base64
import hashlib
import hmac
import secrets
import threading
import time
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlencode, urlsplit

from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from jwt.algorithms import RSAAlgorithm

from integrations.sandbox.middleware import content_policy
from integrations.vneid.faults import WORDS, Fault, change_claims, change_profile, sign
from integrations.vneid.people import BY_KEY, PEOPLE

CODE_SECONDS = 60
TOKEN_SECONDS = 300
MOST = 10_000  # codes and tokens kept at once
ANSWER_PATH = "/dang-nhap/vneid/tra-loi/"
HOSTS = {"127.0.0.1", "localhost", "::1"}
KID = "sandbox-1"


@dataclass(frozen=True)
class Grant:
    person: str
    fault: Fault
    nonce: str
    challenge: str
    redirect_uri: str
    ends: float


class Memory:
    """Codes and access tokens: each is found once or until it ends."""

    def __init__(self) -> None:
        self._grants: dict[str, Grant] = {}
        self._lock = threading.Lock()

    def keep(self, grant: Grant) -> str:
        token = secrets.token_urlsafe(32)
        with self._lock:
            while len(self._grants) >= MOST:
                self._grants.pop(next(iter(self._grants)))
            self._grants[token] = grant
        return token

    def take(self, token: str) -> Grant | None:
        with self._lock:
            grant = self._grants.pop(token, None)
        return grant if grant and grant.ends > time.time() else None


CODES = Memory()
ACCESS = Memory()


@cache
def signing_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=3072)


def issuer(request: HttpRequest) -> str:
    return request.build_absolute_uri("/vneid")


@require_GET
def discovery(request: HttpRequest) -> JsonResponse:
    base = issuer(request)
    return JsonResponse(
        {
            "issuer": base,
            "authorization_endpoint": f"{base}/auth",
            "token_endpoint": f"{base}/token",
            "userinfo_endpoint": f"{base}/userinfo",
            "jwks_uri": f"{base}/jwks",
            "end_session_endpoint": f"{base}/logout",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
            "authorization_response_iss_parameter_supported": True,
        }
    )


@require_GET
def jwks(request: HttpRequest) -> JsonResponse:
    public = RSAAlgorithm.to_jwk(signing_key().public_key(), as_dict=True)
    return JsonResponse({"keys": [{**public, "kid": KID, "use": "sig", "alg": "RS256"}]})


@require_http_methods(["GET", "POST"])
def authorize(request: HttpRequest) -> HttpResponse:
    """The page where one of the invented citizens agrees."""
    asked = {name: request.GET.get(name, "")[:500] for name in ("state", "nonce", "code_challenge", "redirect_uri")}
    problem = _problem(request, asked["redirect_uri"])
    if problem:
        return render(request, "sandbox/problem.html", {"problem": problem}, status=400)
    fault = Fault(request.GET.get("fault", "")) if request.GET.get("fault", "") in set(Fault) else Fault.NONE
    if request.method == "GET":
        context = {"people": PEOPLE, "faults": WORDS.items(), "chosen": fault}
        response = render(request, "sandbox/vneid.html", context)
        origin = "://".join(urlsplit(asked["redirect_uri"])[:2])
        response["Content-Security-Policy"] = content_policy(origin)
        return response
    if request.POST.get("fault", "") in set(Fault):
        fault = Fault(request.POST.get("fault", ""))
    if request.POST.get("person") not in BY_KEY or fault is Fault.DENIED:
        return _back(asked, request, {"error": "access_denied"})
    ends = time.time() + (-1 if fault is Fault.EXPIRED_CODE else CODE_SECONDS)
    person = request.POST["person"]
    grant = Grant(person, fault, asked["nonce"], asked["code_challenge"], asked["redirect_uri"], ends)
    return _back(asked, request, {"code": CODES.keep(grant)}, fault)


def _problem(request: HttpRequest, redirect_uri: str) -> str:
    """What is wrong with the portal's request; then nobody is sent anywhere."""
    target = urlsplit(redirect_uri)
    if request.GET.get("client_id") != settings.VNEID_CLIENT_ID:
        return "client_id"
    if target.hostname not in HOSTS or target.path != ANSWER_PATH or target.query or target.fragment:
        return "redirect_uri"
    if request.GET.get("response_type") != "code" or "openid" not in request.GET.get("scope", "").split():
        return "response_type, scope"
    if request.GET.get("code_challenge_method") != "S256" or not request.GET.get("code_challenge"):
        return "code_challenge"
    return ""


def _back(
    asked: dict[str, str], request: HttpRequest, answer: dict[str, str], fault: Fault = Fault.NONE
) -> HttpResponseRedirect:
    answer |= {"state": asked["state"], "iss": issuer(request)}
    if fault is Fault.WRONG_STATE:
        answer["state"] = secrets.token_urlsafe(32)
    if fault is Fault.OTHER_ISSUER:
        answer["iss"] = "https://another-provider.example"
    return HttpResponseRedirect(f"{asked['redirect_uri']}?{urlencode(answer)}")


@csrf_exempt
@require_POST
def token(request: HttpRequest) -> JsonResponse:
    expected = base64.b64encode(f"{settings.VNEID_CLIENT_ID}:{settings.VNEID_CLIENT_SECRET}".encode()).decode()
    if not hmac.compare_digest(request.headers.get("Authorization", "").encode(), f"Basic {expected}".encode()):
        return JsonResponse({"error": "invalid_client"}, status=401)
    grant = CODES.take(request.POST.get("code", ""))
    if grant is None or not _same_request(grant, request):
        return JsonResponse({"error": "invalid_grant"}, status=400)
    if grant.fault is Fault.PROVIDER_DOWN:
        return JsonResponse({"error": "temporarily_unavailable"}, status=503)
    now = int(time.time())
    claims = {
        "iss": issuer(request),
        "aud": settings.VNEID_CLIENT_ID,
        "iat": now,
        "exp": now + TOKEN_SECONDS,
        "nonce": grant.nonce,
        **_profile(grant),
    }
    id_token = sign(change_claims(claims, grant.fault), key=signing_key(), kid=KID, fault=grant.fault)
    access = Grant(grant.person, grant.fault, "", "", "", time.time() + TOKEN_SECONDS)
    return JsonResponse(
        {
            "id_token": id_token,
            "access_token": ACCESS.keep(access),
            "token_type": "Bearer",
            "expires_in": TOKEN_SECONDS,
        },
        headers={"Cache-Control": "no-store"},
    )


def _same_request(grant: Grant, request: HttpRequest) -> bool:
    digest = hashlib.sha256(request.POST.get("code_verifier", "").encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    return (
        request.POST.get("grant_type") == "authorization_code"
        and request.POST.get("redirect_uri") == grant.redirect_uri
        and hmac.compare_digest(challenge.encode(), grant.challenge.encode())
    )


def _profile(grant: Grant) -> dict[str, Any]:
    return change_profile(BY_KEY[grant.person].claims, grant.fault)


@csrf_exempt
@require_POST
def userinfo(request: HttpRequest) -> JsonResponse:
    scheme, _space, value = request.headers.get("Authorization", "").partition(" ")
    grant = ACCESS.take(value) if scheme == "Bearer" else None
    if grant is None:
        return JsonResponse({"error": "invalid_token"}, status=401, headers={"WWW-Authenticate": "Bearer"})
    said = _profile(grant)
    if grant.fault is Fault.OTHER_SUBJECT:
        said = next(person.claims for person in PEOPLE if person.key != grant.person)
    return JsonResponse(said, headers={"Cache-Control": "no-store"})


@require_GET
def logout(request: HttpRequest) -> HttpResponse:
    return render(request, "sandbox/signed_out.html")


urlpatterns = [
    path(".well-known/openid-configuration", discovery),
    path("jwks", jwks),
    path("auth", authorize, name="vneid-authorize"),
    path("token", token),
    path("userinfo", userinfo),
    path("logout", logout),
]
