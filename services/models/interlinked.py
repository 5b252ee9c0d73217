"""Several procedures on one filing: the joined dossier, and a dossier of its own for each procedure in it.

NĐ 118/2025 Đ.28.2a: all of them bear the code of the desk that received them.
"""

from django.db import models
from django.db.models import F, Q

from services.models.dossiers import Dossier


class LinkedPart(models.Model):
    """One procedure of a joined dossier. Whoever works on a part sees that part, and nothing of the others."""

    personal_data = True

    joined = models.ForeignKey(Dossier, models.PROTECT, related_name="parts")
    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="part_of")
    key = models.SlugField(max_length=40)
    number = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="linked_part_key", fields=["joined", "key"]),
            models.CheckConstraint(name="linked_part_of_another", condition=~Q(joined=F("dossier"))),
        ]
        indexes = [models.Index(fields=["joined", "number"], name="linked_part_joined")]

    def __str__(self) -> str:
        return self.key
