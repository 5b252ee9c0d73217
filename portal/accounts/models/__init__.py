"""Who signs in, and what they sign in with."""

from portal.accounts.models.clients import (
    AccessToken,
    ApiClient,
    ApiClientQuerySet,
    ClientGrant,
    ClientSecret,
)
from portal.accounts.models.users import (
    NUMBER,
    Citizen,
    CitizenQuerySet,
    End,
    Kind,
    Level,
    OneTimeSecret,
    Party,
    ProviderIdentity,
    Session,
    SessionQuerySet,
    User,
    UserManager,
    UserQuerySet,
)

__all__ = [
    "NUMBER",
    "AccessToken",
    "ApiClient",
    "ApiClientQuerySet",
    "Citizen",
    "CitizenQuerySet",
    "ClientGrant",
    "ClientSecret",
    "End",
    "Kind",
    "Level",
    "OneTimeSecret",
    "Party",
    "ProviderIdentity",
    "Session",
    "SessionQuerySet",
    "User",
    "UserManager",
    "UserQuerySet",
]
