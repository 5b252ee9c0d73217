"""What there is, read at most once between two deeds, in the order in which it came to be."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model

from documents.models import Document
from services.models import (
    Confirmation,
    Consultation,
    Correction,
    Dossier,
    Extension,
    Handover,
    LeaveCover,
    LinkedPart,
    Payment,
    Petition,
    RatingReply,
    RealMoment,
    Refund,
    Supplement,
    WorkItem,
)

Row = TypeVar("Row", bound=Model)


class Look:
    def __init__(self, order: dict[tuple[str, str], int]) -> None:
        self._order = order

    def _sorted(self, rows: Iterable[Row]) -> list[Row]:
        return sorted(rows, key=lambda row: self._order.get((row._meta.label_lower, str(row.pk)), 0))

    @cached_property
    def dossiers(self) -> list[Dossier]:
        return self._sorted(Dossier.objects.select_related("version__procedure", "version__form"))

    @cached_property
    def dossier(self) -> dict[UUID, Dossier]:
        return {row.pk: row for row in self.dossiers}

    def _of(self, rows: Any) -> list[Any]:
        """Each with the dossier as it stands here."""
        found = self._sorted(rows)
        for row in found:
            row.dossier = self.dossier[row.dossier_id]
        return found

    @cached_property
    def all_items(self) -> list[WorkItem]:
        rows = self._of(WorkItem.objects.select_related("officer"))
        return sorted(rows, key=lambda row: (self._order.get(("services.dossier", str(row.dossier_id)), 0), row.number))

    @cached_property
    def items(self) -> list[WorkItem]:
        return [row for row in self.all_items if row.state == "open"]

    @cached_property
    def item(self) -> dict[UUID, WorkItem]:
        return {row.dossier_id: row for row in self.items}

    @cached_property
    def requests(self) -> dict[UUID, Supplement]:
        return {row.dossier_id: row for row in self._of(Supplement.objects.filter(state="open"))}

    @cached_property
    def extensions(self) -> list[Extension]:
        return self._of(Extension.objects.all())

    @cached_property
    def confirmations(self) -> list[Confirmation]:
        return self._of(Confirmation.objects.all())

    @cached_property
    def corrections(self) -> list[Correction]:
        return self._of(Correction.objects.all())

    @cached_property
    def moments(self) -> list[RealMoment]:
        return self._of(RealMoment.objects.select_related("step"))

    @cached_property
    def consultations(self) -> list[Consultation]:
        return self._of(Consultation.objects.select_related("after"))

    @cached_property
    def payments(self) -> list[Payment]:
        return self._of(Payment.objects.select_related("fee"))

    @cached_property
    def refunds(self) -> list[Refund]:
        return self._of(Refund.objects.select_related("payment"))

    @cached_property
    def handovers(self) -> list[Handover]:
        rows = list(Handover.objects.in_transit().order_by("id"))
        for row in rows:
            row.dossier = self.dossier[row.dossier_id]
        return rows

    @cached_property
    def parts(self) -> dict[UUID, UUID]:
        """The joined dossier of each part."""
        return dict(LinkedPart.objects.values_list("dossier_id", "joined_id"))

    @cached_property
    def joined(self) -> set[UUID]:
        return set(self.parts.values())

    @cached_property
    def documents(self) -> dict[UUID, Document]:
        keys = [row.result_document for row in self.dossiers if row.result_document]
        return {row.pk: row for row in Document.objects.filter(pk__in=keys).select_related("signer")}

    def document(self, dossier: Dossier) -> Document | None:
        return self.documents.get(dossier.result_document) if dossier.result_document else None

    @cached_property
    def petitions(self) -> list[Petition]:
        return self._sorted(Petition.objects.all())

    @cached_property
    def replies(self) -> list[RatingReply]:
        return self._sorted(RatingReply.objects.select_related("rating__dossier"))

    @cached_property
    def covers(self) -> list[LeaveCover]:
        return list(LeaveCover.objects.select_related("absent__user", "cover__user").order_by("entered_at", "id"))
