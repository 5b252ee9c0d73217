"""The facts of this app in words, for people who read the record of what was done."""

from django.utils.translation import gettext_lazy as _

from portal.accounts.events import Fact
from portal.events.wording import register

register(
    {
        Fact.USER_CREATED: _("The account was opened"),
        Fact.USER_CLOSED: _("The account was closed"),
        Fact.USER_OPENED: _("The account was opened again"),
        Fact.SIGNED_IN: _("Sign-in"),
        Fact.SIGNED_OUT: _("Sign-out"),
        Fact.REFUSED: _("A sign-in was refused"),
        Fact.LOCKED: _("Signing in was locked for a while after wrong attempts"),
        Fact.IDENTITY_LINKED: _("An electronic identity was linked with the account"),
        Fact.CITIZEN_UPDATED: _("Personal data were taken over from the electronic identity"),
        Fact.SESSION_ENDED: _("A session was ended"),
        Fact.FACTOR_ADDED: _("A second factor was added"),
        Fact.FACTOR_REMOVED: _("A second factor was removed"),
        Fact.PASSWORD_CHANGED: _("The password was changed"),
        Fact.SECRET_GIVEN: _("A one-time secret for a new password was given out"),
        Fact.SECRET_USED: _("A new password was set with a one-time secret"),
        Fact.SESSIONS_CLEARED: _("Old sessions were cleared away"),
        Fact.CLIENT_CREATED: _("An API client was made"),
        Fact.CLIENT_SECRET_GIVEN: _("An API client got a new secret"),
        Fact.CLIENT_SUSPENDED: _("An API client was suspended"),
        Fact.CLIENT_RESUMED: _("An API client was let in again"),
        Fact.CLIENT_CLOSED: _("An API client was closed for ever"),
        Fact.CLIENT_MOVED: _("The rights of an API client followed its unit in a reorganisation"),
        Fact.TOKEN_ISSUED: _("An API client signed in"),
        Fact.TOKEN_REVOKED: _("An API client gave its access token back"),
        Fact.TOKENS_CLEARED: _("Old access tokens were cleared away"),
        Fact.REENCRYPTED: _("Personal data were encrypted with a new key"),
    }
)
