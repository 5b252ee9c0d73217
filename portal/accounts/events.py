"""Facts that this app records. None carries personal data: users are named by their id."""

from enum import StrEnum


class Fact(StrEnum):
    USER_CREATED = "accounts.user.created"
    USER_CLOSED = "accounts.user.closed"
    USER_OPENED = "accounts.user.opened"
    SIGNED_IN = "accounts.user.signed_in"  # method, level
    SIGNED_OUT = "accounts.user.signed_out"
    REFUSED = "accounts.sign_in.refused"  # method, reason
    LOCKED = "accounts.sign_in.locked"  # method, until
    IDENTITY_LINKED = "accounts.identity.linked"  # issuer
    CITIZEN_UPDATED = "accounts.citizen.updated"  # which fields
    SESSION_ENDED = "accounts.session.ended"  # reason
    FACTOR_ADDED = "accounts.second_factor.added"  # type
    FACTOR_REMOVED = "accounts.second_factor.removed"  # type
    PASSWORD_CHANGED = "accounts.password.changed"
    SECRET_GIVEN = "accounts.one_time_secret.given"  # until
    SECRET_USED = "accounts.one_time_secret.used"
    SESSIONS_CLEARED = "accounts.session.cleared"  # how many rows
    CLIENT_CREATED = "accounts.client.created"  # user, days, capabilities at units
    CLIENT_SECRET_GIVEN = "accounts.client.secret_given"  # until, how long the one before stays good
    CLIENT_SUSPENDED = "accounts.client.suspended"  # reason
    CLIENT_RESUMED = "accounts.client.resumed"  # reason
    CLIENT_CLOSED = "accounts.client.closed"  # reason
    CLIENT_MOVED = "accounts.client.moved"  # from, to, ground, capabilities that followed and that ended
    TOKEN_ISSUED = "accounts.token.issued"  # until, how many scopes
    TOKEN_REVOKED = "accounts.token.revoked"
    TOKENS_CLEARED = "accounts.token.cleared"  # how many rows
    REENCRYPTED = "accounts.vault.reencrypted"  # key, rows
