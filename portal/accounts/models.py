"""Who signs in. A user carries no personal data: citizens' lie in their sealed profile, officers' in `staff`."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth import get_backends
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import PermissionDenied
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


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
        return self.get(username=(username or "").lower())


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
    last_login = None  # type: ignore[assignment]  # sign-ins are events and sessions; a column would be a second truth

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
