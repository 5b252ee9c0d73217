"""What somebody is filling in. It has no state of the law yet: nobody but its writer sees it."""

import uuid

from django.db import models
from django.db.models import Q

from portal.accounts import vault
from portal.accounts.models import User
from services.kinds import Channel
from services.models import sealed
from services.models.catalogue import ProcedureVersion
from services.models.dossiers import Dossier
from services.models.fees import EVIDENCE_LENGTH
from services.models.sealed import Answers
from units.models import Unit


class DraftQuerySet(models.QuerySet["Draft"]):
    def unsent(self) -> "DraftQuerySet":
        return self.filter(dossier=None)

    def of(self, user: User) -> "DraftQuerySet":
        return self.filter(writer=user)


class Draft(models.Model):
    """Answers on their way to a dossier, kept 30 days, resumed on any device. `writer` is the citizen who fills it in,
    or the officer who does so for one at the desk of `desk_unit`.
    """

    personal_data = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(ProcedureVersion, models.PROTECT, related_name="drafts")
    writer = models.ForeignKey(User, models.PROTECT, related_name="drafts")
    desk_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    typed_sealed = models.BinaryField(null=True)
    competent_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    returning_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    return_channel = models.CharField(max_length=6, blank=True, choices=[(c.value, c.value) for c in Channel])
    postal_sealed = models.BinaryField(null=True)
    answers_sealed = models.BinaryField()
    visit = models.ForeignKey("services.Visit", models.PROTECT, null=True, related_name="drafts")
    desk_papers = models.JSONField(default=dict)  # at a desk, by component: how it is proven, and ids of its files
    claimed = models.CharField(max_length=40, blank=True)  # the exemption that is asked for with the filing
    claim_evidence = models.CharField(max_length=EVIDENCE_LENGTH, blank=True)
    again = models.JSONField(default=list)  # keys of questions that a new version asks for again
    revision = models.PositiveIntegerField(default=1)
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    dossier = models.OneToOneField(Dossier, models.PROTECT, null=True, related_name="draft")

    objects = DraftQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["writer", "-saved_at", "id"], name="draft_writer"),
            models.Index(fields=["expires_at"], condition=Q(dossier=None), name="draft_expires"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_kept(self) -> bool:
        """Whether it has a row; what is filed in one go never has."""
        return not self._state.adding

    @property
    def answers(self) -> Answers:
        return sealed.open_json(self.answers_sealed, context=ANSWERS.context(self.pk))

    @answers.setter
    def answers(self, answers: Answers) -> None:
        self.answers_sealed = sealed.seal_json(answers, context=ANSWERS.context(self.pk))

    @property
    def typed(self) -> Answers:
        """By page: what was typed and not sent yet, as it was typed. Nobody judges it, and it is no answer."""
        envelope = self.typed_sealed
        return sealed.open_json(envelope, context=TYPED.context(self.pk)) if envelope else {}

    @typed.setter
    def typed(self, typed: Answers) -> None:
        self.typed_sealed = sealed.seal_json(typed, context=TYPED.context(self.pk)) if typed else None

    @property
    def postal_address(self) -> str:
        """Where the result is sent, when it goes by post and not to the address in the declaration."""
        return vault.unseal(self.postal_sealed, context=POSTAL.context(self.pk)) if self.postal_sealed else ""

    @postal_address.setter
    def postal_address(self, address: str) -> None:
        self.postal_sealed = vault.seal(address, context=POSTAL.context(self.pk)) if address else None


ANSWERS = vault.register(vault.Sealed("services.Draft", "answers_sealed", "answers"))
TYPED = vault.register(vault.Sealed("services.Draft", "typed_sealed", "typed"))
POSTAL = vault.register(vault.Sealed("services.Draft", "postal_sealed", "postal_address"))
