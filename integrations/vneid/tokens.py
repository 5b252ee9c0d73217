"""Is this ID token the provider's word to us, now, about this sign-in? OpenID Connect Core 1.0, 3.1.3.7; RFC 8725."""

import hmac
from datetime import datetime, timedelta
from typing import Any

import jwt

from portal.accounts.identity import Reason, RefusedError

LEEWAY = timedelta(seconds=30)  # how far two clocks may differ
OLDEST = timedelta(minutes=10)  # since a token was issued
TYPES = {None, "JWT"}  # never a logout token or an access token
REQUIRED = ["exp", "iat", "aud", "iss", "sub", "nonce"]


def key_id(token: str, *, algorithm: str) -> str:
    """Which key the token says it is signed with, once its algorithm and type are the agreed ones."""
    try:
        header = jwt.get_unverified_header(token)
    except jwt.InvalidTokenError as error:
        raise RefusedError(Reason.SIGNATURE) from error
    if header.get("alg") != algorithm or header.get("typ") not in TYPES:
        raise RefusedError(Reason.ALGORITHM)
    kid = header.get("kid")
    if not isinstance(kid, str):
        raise RefusedError(Reason.KEY)
    return kid


def find_key(kid: str, jwks: dict[str, Any], *, algorithm: str) -> jwt.PyJWK | None:
    """The published signing key of that name; nothing in a token can bring a key of its own."""
    try:
        known = jwt.PyJWKSet.from_dict(jwks).keys
    except (jwt.PyJWKSetError, jwt.InvalidKeyError) as error:
        raise RefusedError(Reason.PROVIDER) from error
    usable = [key for key in known if key.algorithm_name == algorithm and key.public_key_use in {None, "sig"}]
    return next((key for key in usable if key.key_id == kid), None)


def verify(
    token: str, *, key: jwt.PyJWK, algorithm: str, issuer: str, client_id: str, nonce: str, now: datetime
) -> dict[str, Any]:
    """The claims of a token that passes every check. Raises RefusedError with the check that failed."""
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            key=key.key,
            algorithms=[algorithm],
            audience=client_id,
            issuer=issuer,
            # times are checked below, by the caller's clock
            options={"require": REQUIRED, "verify_exp": False, "verify_nbf": False, "verify_iat": False},
        )
    except jwt.InvalidAudienceError as error:
        raise RefusedError(Reason.AUDIENCE) from error
    except jwt.InvalidIssuerError as error:
        raise RefusedError(Reason.ISSUER) from error
    except jwt.MissingRequiredClaimError as error:
        by_claim = {"nonce": Reason.NONCE, "aud": Reason.AUDIENCE, "iss": Reason.ISSUER, "exp": Reason.EXPIRED}
        raise RefusedError(by_claim.get(error.claim, Reason.MISSING_CLAIM)) from error
    except jwt.InvalidTokenError as error:
        raise RefusedError(Reason.SIGNATURE) from error
    _check_times(claims, now)
    audiences = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
    if len(audiences) > 1 or claims.get("azp", client_id) != client_id:
        raise RefusedError(Reason.AUDIENCE)
    if not hmac.compare_digest(str(claims["nonce"]).encode(), nonce.encode()):
        raise RefusedError(Reason.NONCE)
    return claims


def _check_times(claims: dict[str, Any], now: datetime) -> None:
    moments = {name: claims[name] for name in ("exp", "iat", "nbf") if name in claims}
    if not all(isinstance(value, int | float) and not isinstance(value, bool) for value in moments.values()):
        raise RefusedError(Reason.EXPIRED)
    clock, leeway = now.timestamp(), LEEWAY.total_seconds()
    if moments["exp"] <= clock - leeway or moments["iat"] < clock - OLDEST.total_seconds():
        raise RefusedError(Reason.EXPIRED)
    if moments["iat"] > clock + leeway or moments.get("nbf", 0) > clock + leeway:
        raise RefusedError(Reason.NOT_YET_VALID)
