"""What the sandbox can do wrong on request: every way in which an answer may be forged, late or incomplete."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from enum import StrEnum
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

HOUR = 3600
Claims = dict[str, Any]


class Fault(StrEnum):
    NONE = ""
    DENIED = "denied"
    EXPIRED_CODE = "expired_code"
    WRONG_STATE = "wrong_state"
    OTHER_ISSUER = "other_issuer"
    PROVIDER_DOWN = "provider_down"
    WRONG_NONCE = "wrong_nonce"
    NO_NONCE = "no_nonce"
    WRONG_AUDIENCE = "wrong_audience"
    TWO_AUDIENCES = "two_audiences"
    WRONG_ISSUER = "wrong_issuer"
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    ALG_NONE = "alg_none"
    HS256 = "hs256"
    UNKNOWN_KEY = "unknown_key"
    OWN_KEY = "own_key"
    BAD_SIGNATURE = "bad_signature"
    LOGOUT_TOKEN = "logout_token"
    OTHER_SUBJECT = "other_subject"
    NO_NUMBER = "no_number"
    NO_LEVEL = "no_level"


WORDS: dict[Fault, str | Promise] = {
    Fault.NONE: _("No fault: sign in properly"),
    Fault.DENIED: _("The citizen does not agree"),
    Fault.EXPIRED_CODE: _("The code has expired"),
    Fault.WRONG_STATE: _("The state is another one"),
    Fault.OTHER_ISSUER: _("The answer names another provider"),
    Fault.PROVIDER_DOWN: _("The provider fails while the code is exchanged"),
    Fault.WRONG_NONCE: _("The nonce is another one"),
    Fault.NO_NONCE: _("There is no nonce"),
    Fault.WRONG_AUDIENCE: _("The token is for another portal"),
    Fault.TWO_AUDIENCES: _("The token is for two portals"),
    Fault.WRONG_ISSUER: _("The token names another provider"),
    Fault.EXPIRED: _("The token has expired"),
    Fault.NOT_YET_VALID: _("The token is not valid yet"),
    Fault.ALG_NONE: _("The token is not signed (alg none)"),
    Fault.HS256: _("The token is signed with the public key as password (HS256)"),
    Fault.UNKNOWN_KEY: _("The token names a key that nobody knows"),
    Fault.OWN_KEY: _("The token brings its own key"),
    Fault.BAD_SIGNATURE: _("The token was changed after it was signed"),
    Fault.LOGOUT_TOKEN: _("The token is one for signing out"),
    Fault.OTHER_SUBJECT: _("The details are those of somebody else"),
    Fault.NO_NUMBER: _("The personal number is missing"),
    Fault.NO_LEVEL: _("The level is missing"),
}


def change_claims(claims: Claims, fault: Fault) -> Claims:
    """The claims of the ID token as this fault wants them."""
    now = claims["iat"]
    changes: dict[Fault, Claims] = {
        Fault.WRONG_NONCE: {"nonce": "another-nonce"},
        Fault.NO_NONCE: {"nonce": None},
        Fault.WRONG_AUDIENCE: {"aud": "another-portal"},
        Fault.TWO_AUDIENCES: {"aud": [claims["aud"], "another-portal"]},
        Fault.WRONG_ISSUER: {"iss": f"{claims['iss']}.example"},
        Fault.EXPIRED: {"iat": now - 2 * HOUR, "exp": now - HOUR},
        Fault.NOT_YET_VALID: {"nbf": now + HOUR},
    }
    changed = claims | changes.get(fault, {})
    return {name: value for name, value in changed.items() if value is not None}


def change_profile(profile: Claims, fault: Fault) -> Claims:
    """What both answers say of the person, as this fault wants it."""
    missing = {Fault.NO_NUMBER: {"SoDinhDanh", "MaSoDoanhNghiep"}, Fault.NO_LEVEL: {"loAs", "IAL"}}.get(fault, set())
    return {name: value for name, value in profile.items() if name not in missing}


def sign(claims: Claims, *, key: rsa.RSAPrivateKey, kid: str, fault: Fault) -> str:
    forged = FORGERS.get(fault)
    if forged is not None:
        return forged(claims, key, kid)
    return jwt.encode(claims, key, algorithm="RS256", headers={"kid": kid})


def _part(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def _none(claims: Claims, key: rsa.RSAPrivateKey, kid: str) -> str:
    return f"{_part({'alg': 'none', 'typ': 'JWT', 'kid': kid})}.{_part(claims)}."


def _hs256(claims: Claims, key: rsa.RSAPrivateKey, kid: str) -> str:
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    body = f"{_part({'alg': 'HS256', 'typ': 'JWT', 'kid': kid})}.{_part(claims)}"
    mac = hmac.digest(public, body.encode(), hashlib.sha256)
    return f"{body}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"


def _stranger() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _unknown_key(claims: Claims, key: rsa.RSAPrivateKey, kid: str) -> str:
    return jwt.encode(claims, _stranger(), algorithm="RS256", headers={"kid": "nobody-knows"})


def _own_key(claims: Claims, key: rsa.RSAPrivateKey, kid: str) -> str:
    stranger = _stranger()
    public = jwt.algorithms.RSAAlgorithm.to_jwk(stranger.public_key(), as_dict=True)
    headers = {"kid": kid, "jwk": public, "jku": "http://127.0.0.1:1/keys"}
    return jwt.encode(claims, stranger, algorithm="RS256", headers=headers)


def _bad_signature(claims: Claims, key: rsa.RSAPrivateKey, kid: str) -> str:
    head, _body, signature = jwt.encode(claims, key, algorithm="RS256", headers={"kid": kid}).split(".")
    return f"{head}.{_part(claims | {'sub': 'somebody-else'})}.{signature}"


def _logout_token(claims: Claims, key: rsa.RSAPrivateKey, kid: str) -> str:
    return jwt.encode(claims, key, algorithm="RS256", headers={"kid": kid, "typ": "logout+jwt"})


FORGERS: dict[Fault, Callable[[Claims, rsa.RSAPrivateKey, str], str]] = {
    Fault.ALG_NONE: _none,
    Fault.HS256: _hs256,
    Fault.UNKNOWN_KEY: _unknown_key,
    Fault.OWN_KEY: _own_key,
    Fault.BAD_SIGNATURE: _bad_signature,
    Fault.LOGOUT_TOKEN: _logout_token,
}
