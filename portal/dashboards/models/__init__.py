from portal.dashboards.models.facts import (
    DossierFact,
    DossierFactQuerySet,
    MonthFigure,
    PetitionFact,
    TimeCount,
    Watermark,
)
from portal.dashboards.models.reports import FrozenReport

__all__ = [
    "DossierFact",
    "DossierFactQuerySet",
    "FrozenReport",
    "MonthFigure",
    "PetitionFact",
    "TimeCount",
    "Watermark",
]
