"""Results that go by post: the slip that the carrier signs, and each postal item on its way. QĐ 45/2016/QĐ-TTg"""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.accounts import vault
from portal.accounts.models import User
from services.models import sealed
from services.models.dossiers import Dossier
from services.models.sealed import Answers
from services.states import POSTAL_OPEN, PostalState
from units.models import Unit

CARRIER_LENGTH, COURIER_LENGTH, TRACKING_LENGTH = 60, 120, 30
ADDRESS_LENGTH, RECEIVER_LENGTH, NOTE_LENGTH, PROOF_LENGTH = 300, 200, 500, 200
OPEN = [str(state) for state in sorted(POSTAL_OPEN)]


class PostalSlip(models.Model):
    """What a desk gives to the carrier at one time. `handed_at` is when the carrier took it, `entered_at` the click."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    carrier = models.CharField(_("carrier"), max_length=CARRIER_LENGTH)  # a key of `postal.json`
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    courier = models.CharField(_("who took it"), max_length=COURIER_LENGTH, blank=True)
    handed_at = models.DateTimeField(null=True)
    handed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="postal_slip_handed",
                condition=Q(handed_at=None, entered_at=None) | Q(handed_at__lte=F("entered_at")),
                violation_error_message=_("It was given to the carrier before that was entered."),
            ),
        ]
        indexes = [models.Index(fields=["unit", "-made_at", "id"], name="postal_slip_unit")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.made_at:%Y-%m-%d %H:%M}"


class PostalItemQuerySet(models.QuerySet["PostalItem"]):
    def open(self) -> "PostalItemQuerySet":
        """Packed or on its way."""
        return self.filter(state__in=OPEN)

    def tried(self, dossier: Dossier) -> "PostalItemQuerySet":
        """How often this result went to the post."""
        if dossier.result_document is None:
            return self.none()
        rows = self.filter(dossier=dossier, document=dossier.result_document)
        return rows.exclude(state=str(PostalState.TAKEN_OFF))


class PostalItem(models.Model):
    """The result of one dossier in an envelope. Its address stays as it was written, sealed; `happened_at` is when it
    was delivered or came back by the word of the carrier, `ended_at` when that was entered.
    """

    personal_data = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="postal_items")
    slip = models.ForeignKey(PostalSlip, models.PROTECT, related_name="items")
    document = models.UUIDField()  # which result it is: a corrected one goes in an envelope of its own
    attempt = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=9, choices=[(state.value, state.value) for state in PostalState])
    to_sealed = models.BinaryField()
    tracking = models.CharField(_("tracking number"), max_length=TRACKING_LENGTH, blank=True)
    happened_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    receiver = models.CharField(max_length=RECEIVER_LENGTH, blank=True)
    proof = models.CharField(max_length=PROOF_LENGTH, blank=True)
    reason = models.CharField(max_length=40, blank=True)  # a key of `postal.json`
    note = models.CharField(max_length=NOTE_LENGTH, blank=True)

    objects = PostalItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="postal_item_state", condition=Q(state__in=[str(one) for one in PostalState])),
            models.UniqueConstraint(name="postal_item_attempt", fields=["dossier", "attempt"]),
            models.UniqueConstraint(
                name="postal_item_one_open",
                fields=["dossier"],
                condition=Q(state__in=OPEN),
                violation_error_message=_("The result is on its way by post already."),
            ),
            models.CheckConstraint(
                name="postal_item_ended",
                condition=Q(state__in=OPEN, ended_at=None) | (~Q(state__in=OPEN) & Q(ended_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="postal_item_came_back_has_reason",
                condition=~Q(state=str(PostalState.CAME_BACK)) | (~Q(reason="") & Q(happened_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="postal_item_delivered_to_somebody",
                condition=~Q(state=str(PostalState.DELIVERED)) | (~Q(receiver="") & Q(happened_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["slip", "id"], name="postal_item_slip"),
            models.Index(fields=["state", "id"], condition=Q(state__in=OPEN), name="postal_item_open"),
        ]

    def __str__(self) -> str:
        return self.tracking or f"{self.state} {self.attempt}"

    @property
    def to(self) -> Answers:
        """`name`, `phone`, `address`, as they stand on the envelope."""
        return sealed.open_json(self.to_sealed, context=TO.context(self.pk))

    @to.setter
    def to(self, to: Answers) -> None:
        self.to_sealed = sealed.seal_json(to, context=TO.context(self.pk))

    @property
    def is_open(self) -> bool:
        return PostalState(self.state) in POSTAL_OPEN


TO = vault.register(vault.Sealed("services.PostalItem", "to_sealed", "to"))
