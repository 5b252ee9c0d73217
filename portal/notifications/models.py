"""What people chose, and every notification with what became of it. Addresses and texts are sealed in the vault."""

import json
import uuid
from datetime import datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.accounts import vault
from portal.accounts.models import User
from portal.notifications.kinds import Channel, Language
from portal.notifications.states import ENDED, STUCK, CodeState, Reason, State

EMAIL_LENGTH = 254
PHONE_LENGTH = 20
Content = dict[str, Any]


class NotificationPreference(models.Model):
    """One row per citizen who ever chose; who has none is told by the dated default.

    `channels` and `language` hold for everything, `kinds` are the optional ones that this person agreed to. Empty
    quiet hours are those of the rules; equal ones mean none.
    """

    personal_data = True

    user = models.OneToOneField(User, models.PROTECT, primary_key=True, related_name="+")
    language = models.CharField(max_length=2, choices=Language)
    channels = ArrayField(models.CharField(max_length=5, choices=Channel))
    kinds = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    quiet_from = models.TimeField(null=True)
    quiet_until = models.TimeField(null=True)
    email_sealed = models.BinaryField(null=True)
    phone_sealed = models.BinaryField(null=True)
    updated_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="notification_preference_channel",
                condition=Q(channels__len__gt=0, channels__contained_by=list(Channel.values)),
                violation_error_message=_("Choose at least one channel."),
            ),
            models.CheckConstraint(name="notification_preference_language", condition=Q(language__in=Language.values)),
            models.CheckConstraint(
                name="notification_preference_quiet",
                condition=Q(quiet_from=None, quiet_until=None) | Q(quiet_from__isnull=False, quiet_until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def email(self) -> str:
        return vault.unseal(self.email_sealed, context=EMAIL.context(self.pk)) if self.email_sealed else ""

    @email.setter
    def email(self, address: str) -> None:
        self.email_sealed = vault.seal(address, context=EMAIL.context(self.pk)) if address else None

    @property
    def phone(self) -> str:
        return vault.unseal(self.phone_sealed, context=PHONE.context(self.pk)) if self.phone_sealed else ""

    @phone.setter
    def phone(self, number: str) -> None:
        self.phone_sealed = vault.seal(number, context=PHONE.context(self.pk)) if number else None


EMAIL = vault.register(vault.Sealed("notifications.NotificationPreference", "email_sealed", "email"))
PHONE = vault.register(vault.Sealed("notifications.NotificationPreference", "phone_sealed", "phone"))


class NotificationQuerySet(models.QuerySet["Notification"]):
    def of(self, user: User) -> "NotificationQuerySet":
        return self.filter(user=user)

    def stuck(self) -> "NotificationQuerySet":
        return self.filter(state__in=[str(state) for state in STUCK]).order_by("-ended_at", "id")

    def old(self, before: datetime) -> "NotificationQuerySet":
        return self.filter(state__in=[str(state) for state in ENDED], ended_at__lt=before)


class Notification(models.Model):
    """One fact, told to one person on one channel: never twice. Its id is the idempotency key at the other side.

    `addressee` names the person by account, or by the dossier whose contact is used. `line`: what waits is replaced by
    news of the same line about the same subject. `in_doubt`: it was handed over and no answer came back.
    """

    personal_data = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event_id = models.BigIntegerField()
    addressee = models.CharField(max_length=80)
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=5, choices=Channel)
    kind = models.CharField(max_length=40)
    line = models.CharField(max_length=20)
    subject_type = models.CharField(max_length=100)
    subject_id = models.CharField(max_length=100)
    unit_id = models.BigIntegerField(null=True)
    language = models.CharField(max_length=2, choices=Language)
    template = models.CharField(max_length=120)
    content_sealed = models.BinaryField()
    address_sealed = models.BinaryField(null=True)
    parts = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=7, choices=[(state.value, state.value) for state in State])
    reason = models.CharField(max_length=20, blank=True, choices=[(one.value, one.value) for one in Reason])
    in_doubt = models.BooleanField(default=False)
    reference = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    not_before = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    replaced_by = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")

    objects = NotificationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="notification_once",
                fields=["event_id", "kind", "addressee", "channel"],
                violation_error_message=_("This was told on this channel already."),
            ),
            models.CheckConstraint(name="notification_state", condition=Q(state__in=[str(s) for s in State])),
            models.CheckConstraint(name="notification_channel", condition=Q(channel__in=Channel.values)),
            models.CheckConstraint(
                name="notification_ended",
                condition=Q(state__in=sorted(str(s) for s in ENDED), ended_at__isnull=False)
                | Q(state__in=sorted(str(s) for s in set(State) - ENDED), ended_at=None),
            ),
        ]
        indexes = [
            models.Index(fields=["user", "-created_at", "id"], name="notification_of_user"),
            models.Index(
                fields=["-ended_at", "id"],
                name="notification_stuck",
                condition=Q(state__in=sorted(str(s) for s in STUCK)),
            ),
            models.Index(
                fields=["addressee", "subject_id", "line"],
                name="notification_waiting",
                condition=Q(state=str(State.PENDING)),
            ),
            models.Index(fields=["ended_at"], name="notification_age"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.id}"

    @property
    def content(self) -> Content:
        """`title`, `text`, `code`, `facts` as pairs, `link`: exactly what was said."""
        found: Content = json.loads(vault.unseal(self.content_sealed, context=CONTENT.context(self.pk)))
        return found

    @content.setter
    def content(self, content: Content) -> None:
        self.content_sealed = vault.seal(json.dumps(content, ensure_ascii=False), context=CONTENT.context(self.pk))

    @property
    def address(self) -> str:
        """E-mail address or telephone; empty for VNeID, which knows its people by number."""
        return vault.unseal(self.address_sealed, context=ADDRESS.context(self.pk)) if self.address_sealed else ""

    @address.setter
    def address(self, address: str) -> None:
        self.address_sealed = vault.seal(address, context=ADDRESS.context(self.pk)) if address else None


CONTENT = vault.register(vault.Sealed("notifications.Notification", "content_sealed", "content"))
ADDRESS = vault.register(vault.Sealed("notifications.Notification", "address_sealed", "address"))


class BadAddressQuerySet(models.QuerySet["BadAddress"]):
    def on(self, channel: str, address: str) -> "BadAddressQuerySet":
        return self.filter(channel=channel, address_index=BadAddress.index_of(channel, address))


class BadAddress(models.Model):
    """Where nothing arrives. Known by a keyed digest; it ends when its owner enters the address anew."""

    personal_data = True

    channel = models.CharField(max_length=5, choices=Channel)
    address_index = models.BinaryField()
    since = models.DateTimeField()

    objects = BadAddressQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="bad_address_once", fields=["channel", "address_index"])]

    def __str__(self) -> str:
        return f"{self.channel} {self.pk}"

    @staticmethod
    def index_of(channel: str, address: str) -> bytes:
        return vault.blind_index(address.strip().lower(), purpose=f"notifications.{channel}")


class AddressCodeQuerySet(models.QuerySet["AddressCode"]):
    def on(self, channel: str, address: str) -> "AddressCodeQuerySet":
        return self.filter(channel=channel, address_index=BadAddress.index_of(channel, address))

    def waiting(self) -> "AddressCodeQuerySet":
        return self.filter(state=CodeState.WAITING)

    def confirmed(self) -> "AddressCodeQuerySet":
        return self.filter(state=CodeState.CONFIRMED)

    def old(self, before: datetime) -> "AddressCodeQuerySet":
        """What confirmed an address is kept as long as the account; the rest shows nothing after its time."""
        return self.filter(created_at__lt=before).exclude(state=CodeState.CONFIRMED)


class AddressCode(models.Model):
    """A code that was sent to an address, which is confirmed when its owner brings the code back. Good once.

    The address itself stands in the preference; here it is known by a keyed digest. `code_sealed` ends with its use.
    """

    personal_data = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=5, choices=Channel)
    address_index = models.BinaryField()
    code_sealed = models.BinaryField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=9, choices=[(state.value, state.value) for state in CodeState])
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = AddressCodeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="address_code_one_waits",
                fields=["user", "channel"],
                condition=Q(state=str(CodeState.WAITING)),
                violation_error_message=_("A code was sent for this address already."),
            ),
            models.CheckConstraint(name="address_code_channel", condition=Q(channel__in=["email", "sms"])),
            models.CheckConstraint(
                name="address_code_used",
                condition=Q(state=str(CodeState.WAITING), ended_at=None, code_sealed__isnull=False)
                | Q(
                    state__in=sorted(str(s) for s in CodeState if s is not CodeState.WAITING),
                    ended_at__isnull=False,
                    code_sealed=None,
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["user", "channel", "-created_at", "id"], name="address_code_of_user"),
            models.Index(fields=["channel", "address_index", "created_at"], name="address_code_of_address"),
            models.Index(fields=["created_at"], name="address_code_age"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.pk}"

    @property
    def code(self) -> str:
        return vault.unseal(self.code_sealed, context=CODE.context(self.pk)) if self.code_sealed else ""

    @code.setter
    def code(self, digits: str) -> None:
        self.code_sealed = vault.seal(digits, context=CODE.context(self.pk)) if digits else None


CODE = vault.register(vault.Sealed("notifications.AddressCode", "code_sealed", "code"))
