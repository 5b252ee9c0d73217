"""Who signs in. A user carries no personal data: citizens' lie in their sealed profile, officers' in `staff`."""

import uuid
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.contrib.auth import get_backends
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import PermissionDenied
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from portal.accounts import vault


class Kind(models.TextChoices):
    CITIZEN = "citizen", _("citizen")
    OFFICER = "officer", _("officer")
    SERVICE = "service", _("service")


class UserQuerySet(models.QuerySet["User"]):
    def officers(self) -> "UserQuerySet":
        return self.filter(kind=Kind.OFFICER)

    def active(self) -> "UserQuerySet":
        return self.filter(is_active=True)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]  # built at run time by Django
    def get_by_natural_key(self, username: str | None) -> "User":
        found: User = self.get(username=(username or "").lower())
        return found


class User(AbstractBaseUser):
    """Somebody or something that signs in. What they may do comes from assignments, never from a flag here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    username = models.CharField(
        _("user name"),
        max_length=64,
        unique=True,
        validators=[RegexValidator(r"\A[a-z0-9][a-z0-9._-]{1,63}\Z")],
        error_messages={"unique": _("Somebody already has this user name.")},
    )
    is_active = models.BooleanField(_("may sign in"), default=True)
    created_at = models.DateTimeField(_("made at"))
    last_login = None  # sign-ins are events and sessions; a column would be a second truth

    # What the token of this request allows an API client; None where no token is involved.
    narrowed_to: frozenset[str] | None = None

    remembered_rights: Any = None  # what `staff` found out while this request is answered

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="user_kind_known", condition=models.Q(kind__in=Kind.values)),
            models.CheckConstraint(name="user_name_in_lower_case", condition=models.Q(username=Lower("username"))),
        ]

    def __str__(self) -> str:
        return self.username

    @property
    def event_actor(self) -> str:
        """How events name this user; says nothing about the person."""
        return f"user:{self.pk}"

    @property
    def is_officer(self) -> bool:
        return self.kind == Kind.OFFICER

    @property
    def is_citizen(self) -> bool:
        return self.kind == Kind.CITIZEN

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Ask each backend in order, as Django's own mixin does, without groups, flags or superusers."""
        if not self.is_active:
            return False
        for backend in get_backends():
            try:
                if hasattr(backend, "has_perm") and backend.has_perm(self, perm, obj):
                    return True
            except PermissionDenied:
                return False
        return False

    def has_perms(self, perms: list[str], obj: Any = None) -> bool:
        return all(self.has_perm(perm, obj) for perm in perms)


class Level(models.IntegerChoices):
    """How sure the electronic identity is. NĐ 69/2024."""

    ONE = 1, _("level 1")
    TWO = 2, _("level 2")


class Party(models.TextChoices):
    PERSON = "person", _("person")
    ORGANISATION = "organisation", _("organisation")


class CitizenQuerySet(models.QuerySet["Citizen"]):
    def numbered(self, party: str, number: str) -> "CitizenQuerySet":
        return self.filter(number_index=Citizen.index_of(party, number))


class Citizen(models.Model):
    """A citizen or an organisation as the identity provider knows them; row-level security shows it to its owner."""

    personal_data = True

    user = models.OneToOneField(User, on_delete=models.PROTECT, primary_key=True, related_name="citizen")
    party = models.CharField(max_length=12, choices=Party)
    number_sealed = models.BinaryField()
    number_index = models.BinaryField(unique=True)
    name = models.CharField(_("full name"), max_length=200)
    birth_on = models.DateField(_("date of birth"), null=True)
    tech_id = models.CharField(max_length=100, blank=True)
    level = models.PositiveSmallIntegerField(_("level of the electronic identity"), choices=Level)
    updated_at = models.DateTimeField()

    objects = CitizenQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="citizen_party_known", condition=models.Q(party__in=Party.values)),
            models.CheckConstraint(name="citizen_level_known", condition=models.Q(level__in=Level.values)),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @staticmethod
    def index_of(party: str, number: str) -> bytes:
        return vault.blind_index(number, purpose=f"citizen.{party}")

    @property
    def number(self) -> str:
        """The personal number, or an organisation's; opened only where it is needed."""
        return vault.unseal(self.number_sealed, context=NUMBER.context(self.pk))

    @number.setter
    def number(self, number: str) -> None:
        self.number_sealed = vault.seal(number, context=NUMBER.context(self.pk))
        self.number_index = self.index_of(self.party, number)


NUMBER = vault.register(vault.Sealed("accounts.Citizen", "number_sealed", "number", "number_index"))


class ProviderIdentity(models.Model):
    """One account at one identity provider. Two providers that name the same number lead to one citizen."""

    personal_data = True

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="identities")
    issuer = models.CharField(max_length=200)
    subject = models.CharField(max_length=255)
    linked_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="provider_identity_once", fields=["issuer", "subject"])]

    def __str__(self) -> str:
        return f"{self.issuer} {self.pk}"


class End(models.TextChoices):
    """Why a session ended."""

    IDLE = "idle", _("it was not used for too long")
    ABSOLUTE = "absolute", _("its longest time was over")
    OWNER = "owner", _("its owner ended it")
    NO_POST = "no_post", _("the last assignment ended")
    DISABLED = "disabled", _("the account was closed or its password changed")


class OneTimeSecret(models.Model):
    """What an officer's first sign-in asks for in place of a password. The row goes when it is used or replaced."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, primary_key=True, related_name="one_time_secret")
    digest = models.CharField(max_length=64)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.pk)


STALE_AFTER = timedelta(days=7)  # how long the row of a session that is over is kept


class SessionQuerySet(models.QuerySet["Session"]):
    def live(self, now: datetime) -> "SessionQuerySet":
        return self.filter(ended_at=None, expires_at__gt=now)

    def of(self, user: User) -> "SessionQuerySet":
        return self.filter(user=user).order_by("-seen_at", "public_id")

    def stale(self, now: datetime) -> "SessionQuerySet":
        """Over long enough that nobody needs to be told why."""
        return self.filter(expires_at__lt=now - STALE_AFTER)


class Session(models.Model):
    """One browser that is signed in, or on its way; its data are opaque here."""

    key_digest = models.CharField(max_length=64, primary_key=True)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="sessions")
    data = models.TextField()
    begun_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=10, choices=End, blank=True)
    ip = models.GenericIPAddressField(null=True)
    agent = models.CharField(max_length=80, blank=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="session_end_has_a_reason",
                condition=models.Q(ended_at=None, ended_by="")
                | models.Q(ended_at__isnull=False, ended_by__in=End.values),
            )
        ]

    def __str__(self) -> str:
        return str(self.public_id)
