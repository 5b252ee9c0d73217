"""What the portal asks of an identity provider; the providers themselves live in `integrations`."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from http import HTTPStatus
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from portal.accounts.models import Level, Party, User


class Reason(StrEnum):
    """Why a sign-in is refused; recorded with the event, shown in words by `views/pages.py`."""

    STATE = "state"  # unknown, used before, or of another browser
    DENIED = "denied"  # the citizen said no
    PROVIDER = "provider"  # not reachable, or its answer makes no sense
    CODE = "code"  # refused by the provider: expired, used, or of another request (PKCE)
    MIX_UP = "mix_up"  # the answer names another provider
    ALGORITHM = "algorithm"
    KEY = "key"
    SIGNATURE = "signature"
    ISSUER = "issuer"
    AUDIENCE = "audience"
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    NONCE = "nonce"
    SUBJECT = "subject"
    MISSING_CLAIM = "missing_claim"
    NUMBER_CHANGED = "number_changed"
    SUSPENDED = "suspended"
    CLOSED = "closed"
    PASSWORD = "password"
    CODE_WRONG = "second_factor"
    NO_POST = "no_post"
    NO_OFFICER = "no_officer"  # the identity is right, and belongs to no officer's account
    CLIENT = "client"  # a program: id and secret do not fit, or it is not let in now
    LEVEL = "level"  # officers need level 2
    SECRET = "one_time_secret"  # unknown, used, or too old

    @property
    def status(self) -> HTTPStatus:
        if self is Reason.PROVIDER:
            return HTTPStatus.BAD_GATEWAY
        if self in FORBIDDEN:
            return HTTPStatus.FORBIDDEN
        return HTTPStatus.BAD_REQUEST


FORBIDDEN = {
    Reason.DENIED,
    Reason.SUSPENDED,
    Reason.CLOSED,
    Reason.NO_POST,
    Reason.NO_OFFICER,
    Reason.LEVEL,
}


class RefusedError(Exception):
    """A sign-in that must not go on. Carries no personal data; `user` when it is known whose door it was."""

    def __init__(self, reason: Reason, user: User | None = None) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.user = user


@dataclass(frozen=True, slots=True)
class Claims:
    """A verified answer, in our words. `number` is the personal number, or the organisation's."""

    issuer: str
    subject: str
    party: str
    number: str
    name: str
    birth_on: date | None
    tech_id: str
    level: int


@dataclass(frozen=True, slots=True)
class Attempt:
    """One started sign-in, kept in the session of the browser that started it."""

    state: str
    nonce: str
    verifier: str


class IdentityProvider(Protocol):
    def authorization_url(self, *, attempt: Attempt, redirect_uri: str) -> str:
        """Where the browser goes. Raises RefusedError(PROVIDER) when the provider cannot be reached."""

    def claims(self, *, code: str, answered_by: str, attempt: Attempt, redirect_uri: str, now: datetime) -> Claims:
        """Exchange the code and verify everything. `answered_by` is the answer's `iss`, empty when it had none."""


class OfficerDirectory(Protocol):
    """Whose account a verified personal number leads to. The setting OFFICER_DIRECTORY names the function."""

    def __call__(self, number: str) -> User | None: ...


def officer_directory() -> OfficerDirectory:
    found: OfficerDirectory = import_string(settings.OFFICER_DIRECTORY)
    return found


def recognise_officer(*, claims: Claims) -> User:
    """The officer whom these verified claims name; level 2 only. Writes nothing. Raises RefusedError.

    Officers' accounts are not made here: their agency opens them.
    """
    if claims.level < Level.TWO:
        raise RefusedError(Reason.LEVEL)
    user = officer_directory()(claims.number) if claims.party == Party.PERSON else None
    if user is None or not user.is_officer:
        raise RefusedError(Reason.NO_OFFICER)
    if not user.is_active:
        raise RefusedError(Reason.CLOSED, user)
    return user


def provider() -> IdentityProvider:
    found: IdentityProvider = import_string(settings.SIGN_IN_PROVIDER)()
    return found
