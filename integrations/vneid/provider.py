"""The provider that `portal.accounts` asks for (setting SIGN_IN_PROVIDER). Tokens live for one call, kept nowhere."""

import base64
import dataclasses
import hashlib
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import jwt
from django.conf import settings
from django.core.cache import cache

from integrations.vneid import client, mapping, tokens
from portal.accounts.identity import Attempt, Claims, Reason, RefusedError

FRESH = 600  # seconds for which the provider's metadata and keys are believed
KEYS_AGAIN = 30  # seconds; an unknown key is looked up anew at most this often


class VNeID:
    def __init__(self) -> None:
        self.issuer: str = settings.VNEID_ISSUER
        self.algorithm: str = settings.VNEID_ALGORITHM
        client.check_issuer(self.issuer)

    def authorization_url(self, *, attempt: Attempt, redirect_uri: str) -> str:
        challenge = base64.urlsafe_b64encode(hashlib.sha256(attempt.verifier.encode()).digest()).rstrip(b"=").decode()
        query = {
            "response_type": "code",
            "client_id": settings.VNEID_CLIENT_ID,
            "redirect_uri": redirect_uri,
            "scope": "openid",
            "state": attempt.state,
            "nonce": attempt.nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        return f"{self._metadata().authorization_endpoint}?{urlencode(query)}"

    def claims(self, *, code: str, answered_by: str, attempt: Attempt, redirect_uri: str, now: datetime) -> Claims:
        found = self._metadata()
        if answered_by != found.issuer and (answered_by or found.names_itself):
            raise RefusedError(Reason.MIX_UP)
        try:
            id_token, access_token = client.exchange(
                found,
                code=code,
                verifier=attempt.verifier,
                redirect_uri=redirect_uri,
                client_id=settings.VNEID_CLIENT_ID,
                client_secret=settings.VNEID_CLIENT_SECRET,
            )
            said = tokens.verify(
                id_token,
                key=self._key(tokens.key_id(id_token, algorithm=self.algorithm), found),
                algorithm=self.algorithm,
                issuer=found.issuer,
                client_id=settings.VNEID_CLIENT_ID,
                nonce=attempt.nonce,
                now=now,
            )
            more = client.userinfo(found, access_token)
        except client.CodeRefusedError as error:
            raise RefusedError(Reason.CODE) from error
        except client.UnreachableError as error:
            raise RefusedError(Reason.PROVIDER) from error
        if more.get("sub") != said["sub"]:
            raise RefusedError(Reason.SUBJECT)
        return mapping.to_claims({**more, **said}, issuer=found.issuer)

    def _metadata(self) -> client.Metadata:
        name = f"vneid:metadata:{self.issuer}"
        known: dict[str, Any] | None = cache.get(name)
        if known is None:
            try:
                known = dataclasses.asdict(client.metadata(self.issuer))
            except client.UnreachableError as error:
                raise RefusedError(Reason.PROVIDER) from error
            cache.set(name, known, FRESH)
        return client.Metadata(**known)

    def _key(self, kid: str, found: client.Metadata) -> jwt.PyJWK:
        """Keys change: an unknown one is asked for once more, but no stranger can make us ask all the time."""
        name = f"vneid:keys:{self.issuer}"
        jwks = cache.get(name)
        key = tokens.find_key(kid, jwks, algorithm=self.algorithm) if jwks else None
        if key is None and (jwks is None or cache.add(f"{name}:asked", 1, KEYS_AGAIN)):
            jwks = client.keys(found)
            cache.set(name, jwks, FRESH)
            key = tokens.find_key(kid, jwks, algorithm=self.algorithm)
        if key is None:
            raise RefusedError(Reason.KEY)
        return key
