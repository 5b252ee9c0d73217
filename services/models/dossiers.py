"""The dossier itself. Three units have a part in it: one receives, one decides, one returns (NĐ 118/2025 Đ.14)."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from portal.accounts import vault
from portal.accounts.models import User
from services.kinds import Channel
from services.models import sealed
from services.models.catalogue import ProcedureVersion
from services.models.sealed import Answers
from services.states import CLOSED, OPEN, Stage, State
from units.models import Unit

NAME_LENGTH = 200
SUMMARY_LENGTH = 1000  # TrichYeuHoSo of the national exchange

# What is left of the columns about people when they are emptied.
NOTHING_PERSONAL = {
    "owner": None,
    "owner_name": "",
    "owner_number_sealed": None,
    "owner_number_index": None,
    "filer": None,
    "filer_name": "",
    "filer_number_sealed": None,
    "filer_number_index": None,
    "summary": "",
    "reason": "",
    "answers_sealed": b"",
    "contact_sealed": b"",
}


class DossierQuerySet(models.QuerySet["Dossier"]):
    def open(self) -> "DossierQuerySet":
        return self.filter(state__in=[str(state) for state in OPEN])

    def closed(self) -> "DossierQuerySet":
        return self.filter(state__in=[str(state) for state in CLOSED])

    def of_citizen(self, user: User) -> "DossierQuerySet":
        """Those that are about this person, and those that this person filed for others."""
        return self.filter(Q(owner=user) | Q(filer=user))

    def held_by(self, unit_ids: list[int]) -> "DossierQuerySet":
        """Those that these units answer for now: exactly one unit does, at every moment."""
        return self.filter(responsible_unit__in=unit_ids)

    def touching(self, unit_ids: list[int]) -> "DossierQuerySet":
        """Those in which these units have any part."""
        return self.filter(
            Q(receiving_unit__in=unit_ids) | Q(competent_unit__in=unit_ids) | Q(returning_unit__in=unit_ids)
        )

    def overdue(self, now: datetime) -> "DossierQuerySet":
        return self.open().filter(due_at__lt=now, paused_at=None)

    def by_due_moment(self) -> "DossierQuerySet":
        """What must be answered first stands first: before acceptance that is the answer of the desk."""
        return self.order_by(F("next_due_at").asc(nulls_last=True), "id")


class Dossier(models.Model):
    """One affair of one owner under one version of a procedure, which it keeps for life.

    `reference` is what the filer gets at once; `code` exists from the acceptance on and never changes, whatever
    becomes of the unit in it. `due_at` is the legal due moment, `printed_due_at` the one on Form 01, which binds.
    `next_due_at` is the moment by which the queue is sorted: the answer of the desk before acceptance, then `due_at`.

    Here and at what hangs on a dossier, a key has no index of its own (`db_index=False`) where another one begins with
    it: each is written with every change of the row.
    """

    personal_data = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(_("reference"), max_length=20, unique=True)
    code = models.CharField(_("dossier code"), max_length=60, blank=True)
    pin_sealed = models.BinaryField(null=True)
    version = models.ForeignKey(ProcedureVersion, models.PROTECT, related_name="dossiers")
    state = models.CharField(max_length=12, choices=[(state.value, state.value) for state in State])
    stage = models.CharField(max_length=26, blank=True, choices=[(stage.value, stage.value) for stage in Stage])
    channel = models.CharField(max_length=6, choices=[(channel.value, channel.value) for channel in Channel])
    return_channel = models.CharField(max_length=6, choices=[(c.value, c.value) for c in Channel])

    owner = models.ForeignKey(User, models.PROTECT, null=True, related_name="owned_dossiers", db_index=False)
    owner_name = models.CharField(_("owner"), max_length=NAME_LENGTH)
    owner_number_sealed = models.BinaryField(null=True)
    owner_number_index = models.BinaryField(null=True)
    owner_key = models.GeneratedField(
        expression=Func(F("owner_name"), function="vi_search_key"),
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
    )
    filer = models.ForeignKey(User, models.PROTECT, null=True, related_name="filed_dossiers", db_index=False)
    filer_number_sealed = models.BinaryField(null=True)
    filer_number_index = models.BinaryField(null=True)
    filer_name = models.CharField(_("filer"), max_length=NAME_LENGTH)
    assisted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="assisted_dossiers")
    confirmed_at = models.DateTimeField(null=True)  # when the citizen confirmed what an officer had typed
    summary = models.CharField(_("subject line"), max_length=SUMMARY_LENGTH)
    answers_sealed = models.BinaryField()
    contact_sealed = models.BinaryField()

    receiving_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    competent_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    returning_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    responsible_unit = models.ForeignKey(Unit, models.PROTECT, related_name="dossiers", db_index=False)
    holder = models.ForeignKey(User, models.PROTECT, null=True, related_name="held_dossiers", db_index=False)

    submitted_at = models.DateTimeField()
    answer_due_at = models.DateTimeField()  # NĐ 118/2025 Đ.17.2c: 8 working hours
    alert_due_at = models.DateTimeField()  # Đ.17.2: the desk is told within 2 hours
    alerted_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)  # accepted, supplement asked, refused or rerouted
    accepted_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    printed_due_at = models.DateTimeField(null=True)
    next_due_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    minimised_at = models.DateTimeField(null=True)  # its personal data are gone, by a rule of retention
    limit_case = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=2000, blank=True)  # of a refusal, a stop, a withdrawal
    result_document = models.UUIDField(null=True)
    revision = models.PositiveIntegerField(default=1)

    objects = DossierQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="dossier_state_known", condition=Q(state__in=[str(s) for s in State])),
            models.CheckConstraint(name="dossier_stage_known", condition=Q(stage__in=[str(s) for s in Stage])),
            models.CheckConstraint(
                name="dossier_accepted_has_code",
                condition=Q(accepted_at=None, code="") | (Q(accepted_at__isnull=False) & ~Q(code="")),
                violation_error_message=_("A dossier gets its code when it is accepted, and keeps it."),
            ),
            models.UniqueConstraint(name="dossier_code_once", fields=["code"], condition=~Q(code="")),
            models.CheckConstraint(
                name="dossier_closed_when_ended",
                condition=Q(state__in=sorted(str(s) for s in CLOSED), closed_at__isnull=False)
                | Q(state__in=sorted(str(s) for s in OPEN), closed_at=None),
            ),
            models.CheckConstraint(
                name="dossier_minimised_holds_nothing",
                condition=Q(minimised_at=None)
                | Q(**NOTHING_PERSONAL, closed_at__isnull=False, next_due_at=None, holder=None),
            ),
            models.CheckConstraint(
                name="dossier_code_pattern",
                condition=Q(code="") | Q(code__regex=r"^[A-Z0-9]+(\.[A-Z0-9]+)*-\d{6}-\d{4,6}$"),
            ),
        ]
        indexes = [
            models.Index(
                fields=["responsible_unit", "closed_at", "id"],
                condition=Q(closed_at__isnull=False, minimised_at=None),
                name="dossier_kept",
            ),
            models.Index(fields=["responsible_unit", "state", "next_due_at", "id"], name="dossier_queue"),
            # What waits for the desk: one index over both states, for one index of each would have to be sorted.
            models.Index(
                fields=["responsible_unit", "next_due_at", "id"],
                condition=Q(state__in=[State.DECIDED.value, State.SUBMITTED.value]),
                name="dossier_waiting",
            ),
            models.Index(fields=["receiving_unit", "-submitted_at", "id"], name="dossier_received"),
            models.Index(fields=["competent_unit", "-submitted_at", "id"], name="dossier_competent"),
            models.Index(fields=["returning_unit", "state", "id"], name="dossier_to_return"),
            models.Index(fields=["responsible_unit", "owner_key"], name="dossier_owner_key"),
            models.Index(fields=["owner", "-submitted_at", "id"], name="dossier_of_owner"),
            models.Index(fields=["filer", "-submitted_at", "id"], name="dossier_of_filer"),
            models.Index(fields=["holder", "next_due_at", "id"], name="dossier_holder"),
            models.Index(fields=["owner_number_index"], name="dossier_owner_number"),
            models.Index(fields=["filer_number_index"], name="dossier_filer_number"),
        ]

    def __str__(self) -> str:
        return self.code or self.reference

    @property
    def is_open(self) -> bool:
        return State(self.state) in OPEN

    @staticmethod
    def index_of(number: str) -> bytes:
        return vault.blind_index(number, purpose="services.owner")

    @property
    def owner_number(self) -> str:
        envelope = self.owner_number_sealed
        return vault.unseal(envelope, context=OWNER_NUMBER.context(self.pk)) if envelope else ""

    @owner_number.setter
    def owner_number(self, number: str) -> None:
        self.owner_number_sealed = vault.seal(number, context=OWNER_NUMBER.context(self.pk)) if number else None
        self.owner_number_index = self.index_of(number) if number else None

    @property
    def filer_number(self) -> str:
        envelope = self.filer_number_sealed
        return vault.unseal(envelope, context=FILER_NUMBER.context(self.pk)) if envelope else ""

    @filer_number.setter
    def filer_number(self, number: str) -> None:
        self.filer_number_sealed = vault.seal(number, context=FILER_NUMBER.context(self.pk)) if number else None
        self.filer_number_index = self.index_of(number) if number else None

    @property
    def pin(self) -> str:
        """The six digits on the receipt, which look a dossier up together with its code."""
        return vault.unseal(self.pin_sealed, context=PIN.context(self.pk)) if self.pin_sealed else ""

    @pin.setter
    def pin(self, pin: str) -> None:
        self.pin_sealed = vault.seal(pin, context=PIN.context(self.pk))

    @property
    def answers(self) -> Answers:
        return sealed.open_json(self.answers_sealed, context=ANSWERS.context(self.pk))

    @answers.setter
    def answers(self, answers: Answers) -> None:
        self.answers_sealed = sealed.seal_json(answers, context=ANSWERS.context(self.pk))

    @property
    def contact(self) -> Answers:
        """`phone`, `email`, `address`: how the filer is reached."""
        return sealed.open_json(self.contact_sealed, context=CONTACT.context(self.pk))

    @contact.setter
    def contact(self, contact: Answers) -> None:
        self.contact_sealed = sealed.seal_json(contact, context=CONTACT.context(self.pk))

    def unit_ids(self) -> set[int]:
        return {self.receiving_unit_id, self.competent_unit_id, self.returning_unit_id, self.responsible_unit_id}


OWNER_NUMBER = vault.register(
    vault.Sealed("services.Dossier", "owner_number_sealed", "owner_number", "owner_number_index")
)
FILER_NUMBER = vault.register(
    vault.Sealed("services.Dossier", "filer_number_sealed", "filer_number", "filer_number_index")
)
PIN = vault.register(vault.Sealed("services.Dossier", "pin_sealed", "pin"))
ANSWERS = vault.register(vault.Sealed("services.Dossier", "answers_sealed", "answers"))
CONTACT = vault.register(vault.Sealed("services.Dossier", "contact_sealed", "contact"))


class CodeCounter(models.Model):
    """The running number of one unit's day. Numbers are taken under the lock of this row and never come back."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    day = models.DateField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(name="code_counter_once", fields=["unit", "day"])]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.day}: {self.last}"
