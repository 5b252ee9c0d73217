"""Speaks CSC API v1 over HTTP: bounded in time and size, no redirects. Knows no words of the portal.

Questions are asked once more when the connection fails. A request for signatures is not: it may have been carried out
and the activation used up.
"""

import base64
import json
import threading
from typing import Any

import requests

TIMEOUT = (3.05, 20)  # seconds to connect, and between two bytes: signing services take their time
LARGEST = 1024 * 1024  # bytes of one answer
REFUSALS = {400, 401, 403}


class AwayError(Exception):
    """No answer, or none that makes sense."""


class RefusedError(Exception):
    """The service says no: its `error` of CSC API v1, chapter 10.1."""


class Client:
    """`address` ends before the method names, as in https://service.example/csc/v1"""

    def __init__(self, address: str, user: str, password: str) -> None:
        self._address = address.rstrip("/")
        self._login = (user, password)
        self._own = threading.local()

    def info(self) -> dict[str, Any]:
        return self._ask("info", {}, again=True)

    def credentials(self) -> list[str]:
        return [str(one) for one in self._ask("credentials/list", {}, again=True, signed_in=True)["credentialIDs"]]

    def credential(self, credential_id: str) -> dict[str, Any]:
        asked = {"credentialID": credential_id, "certificates": "chain", "certInfo": True, "authInfo": True}
        return self._ask("credentials/info", asked, again=True, signed_in=True)

    def authorize(self, credential_id: str, *, count: int, pin: str) -> str:
        """The signature activation data for so many signatures."""
        asked = {"credentialID": credential_id, "numSignatures": count, "PIN": pin}
        return str(self._ask("credentials/authorize", asked, signed_in=True)["SAD"])

    def sign_hashes(self, credential_id: str, *, sad: str, hashes: list[bytes], sign_algo: str) -> list[bytes]:
        asked = {
            "credentialID": credential_id,
            "SAD": sad,
            "hash": [base64.b64encode(one).decode() for one in hashes],
            "hashAlgo": "2.16.840.1.101.3.4.2.1",  # SHA-256
            "signAlgo": sign_algo,
        }
        made = self._ask("signatures/signHash", asked, signed_in=True)["signatures"]
        try:
            found = [base64.b64decode(one, validate=True) for one in made]
        except (TypeError, ValueError) as error:
            raise AwayError("signatures/signHash: no signatures") from error
        if len(found) != len(hashes):
            raise AwayError("signatures/signHash: another number of signatures")
        return found

    def _token(self) -> str:
        token: str | None = getattr(self._own, "token", None)
        if token is None:
            basic = base64.b64encode(":".join(self._login).encode()).decode()
            answer = self._post("auth/login", {"rememberMe": False}, f"Basic {basic}")
            token = self._own.token = str(answer["access_token"])
        return token

    def _ask(
        self, method: str, asked: dict[str, Any], *, again: bool = False, signed_in: bool = False
    ) -> dict[str, Any]:
        try:
            return self._once(method, asked, signed_in=signed_in)
        except requests.ConnectionError as error:
            if not again:
                raise AwayError(f"{method}: {type(error).__name__}") from error
        try:
            return self._once(method, asked, signed_in=signed_in)
        except requests.ConnectionError as error:
            raise AwayError(f"{method}: {type(error).__name__}") from error

    def _once(self, method: str, asked: dict[str, Any], *, signed_in: bool) -> dict[str, Any]:
        if not signed_in:
            return self._post(method, asked, "")
        try:
            return self._post(method, asked, f"Bearer {self._token()}")
        except RefusedError as error:
            if str(error) != "invalid_token":
                raise
            self._own.token = None  # it has ended: one new one
            return self._post(method, asked, f"Bearer {self._token()}")

    def _post(self, method: str, asked: dict[str, Any], authorization: str) -> dict[str, Any]:
        session: requests.Session | None = getattr(self._own, "session", None)
        if session is None:
            session = self._own.session = requests.Session()
            session.trust_env = False
        try:
            with session.post(
                f"{self._address}/{method}",
                json=asked,
                headers={"Authorization": authorization} if authorization else {},
                timeout=TIMEOUT,
                allow_redirects=False,
                stream=True,
            ) as response:
                content = response.raw.read(LARGEST + 1, decode_content=True)
                status = response.status_code
        except requests.ConnectionError:
            raise
        except (requests.RequestException, OSError) as error:
            raise AwayError(f"{method}: {type(error).__name__}") from error
        return _object(method, status, content)


def _object(method: str, status: int, content: bytes) -> dict[str, Any]:
    try:
        found = json.loads(content) if len(content) <= LARGEST else None
    except ValueError:
        found = None
    if status in REFUSALS and isinstance(found, dict):
        raise RefusedError(str(found.get("error", "refused"))[:100])
    if status != requests.codes.ok or not isinstance(found, dict):
        raise AwayError(f"{method}: status {status}, {len(content)} bytes")
    return found
