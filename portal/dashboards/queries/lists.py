"""The dossiers behind a figure, newest filing first."""

from django.db.models import Exists, OuterRef

from portal.calendar.ledger import EntryKind
from portal.dashboards.measures import Wish, listed
from portal.dashboards.models import DossierFactQuerySet
from portal.dashboards.states import Cause, Measure
from services.models import ClockEntry

KEYS = ("-submitted_at", "dossier_id")


def dossiers(measure: Measure, wish: Wish, *, cause: Cause | None, lacking: bool) -> DossierFactQuerySet:
    """With what a line shows; never a name of a person who filed."""
    found = listed(measure, wish, cause=cause, lacking=lacking)
    return found.select_related("procedure").order_by(*KEYS)


def with_extension(found: DossierFactQuerySet) -> DossierFactQuerySet:
    """`extended`: the citizen got an apology and a new date. NĐ 118/2025 Đ.19.6"""
    entries = ClockEntry.objects.filter(dossier=OuterRef("pk"), kind=EntryKind.EXTEND.value)
    return found.annotate(extended=Exists(entries))
