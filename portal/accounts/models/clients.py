"""API clients: programs that sign in with a secret, and may do what they were granted at units."""

from collections.abc import Iterable
from datetime import date, datetime

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.accounts.models.users import User
from portal.accounts.states import ClientState


class Reach(models.TextChoices):
    OWN = "own", _("this unit only")
    BELOW = "below", _("this unit and all units below")


class ApiClientQuerySet(models.QuerySet["ApiClient"]):
    def owned_by(self, units: Iterable[int]) -> "ApiClientQuerySet":
        return self.filter(owner_unit_id__in=list(units))

    def open(self, on: date) -> "ApiClientQuerySet":
        """Those that may come in on the day."""
        return self.filter(state=ClientState.ACTIVE, valid__contains=on, user__is_active=True)


class ApiClient(models.Model):
    """A program of a unit. It acts as its user, who is an actor of events; the user name is its client id."""

    user = models.OneToOneField(User, models.PROTECT, related_name="api_client")
    name = models.CharField(max_length=100)
    owner_unit_id = models.BigIntegerField(db_index=True)
    state = models.CharField(max_length=10, choices=[(state.value, state.value) for state in ClientState])
    valid = DateRangeField()
    made_at = models.DateTimeField()

    objects = ApiClientQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="api_client_state_known", condition=models.Q(state__in=[state.value for state in ClientState])
            ),
            models.CheckConstraint(name="api_client_valid_not_empty", condition=models.Q(valid__isempty=False)),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def client_id(self) -> str:
        return self.user.username

    @property
    def until(self) -> date | None:
        """The first day on which it may no longer come in."""
        end: date | None = self.valid.upper
        return end


class ClientGrant(models.Model):
    """One capability at one unit, or at it and all below."""

    client = models.ForeignKey(ApiClient, models.PROTECT, related_name="grants")
    capability = models.CharField(max_length=80)
    unit_id = models.BigIntegerField()
    reach = models.CharField(max_length=5, choices=Reach)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="client_grant_once", fields=["client", "capability", "unit_id"]),
            models.CheckConstraint(name="client_grant_reach_known", condition=models.Q(reach__in=Reach.values)),
        ]

    def __str__(self) -> str:
        return f"{self.capability} {self.unit_id}"


class ClientSecret(models.Model):
    """What a client proves itself with. Two may be good at once, so that a client changes over without a gap."""

    client = models.ForeignKey(ApiClient, models.PROTECT, related_name="secrets")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.pk)


class AccessToken(models.Model):
    """Good for minutes; only its digest is kept. `capabilities` are those that the client asked for."""

    digest = models.CharField(max_length=64, primary_key=True)
    client = models.ForeignKey(ApiClient, models.CASCADE, related_name="tokens")
    capabilities = ArrayField(models.CharField(max_length=80))
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    ANY = "*"  # what an address names that every program may open

    def __str__(self) -> str:
        return self.digest[:8]

    def allows(self, capability: str) -> bool:
        return capability == self.ANY or capability in self.capabilities

    def is_live(self, now: datetime) -> bool:
        return now < self.expires_at
