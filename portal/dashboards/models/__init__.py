from portal.dashboards.models.facts import DossierFact, DossierFactQuerySet, MonthFigure, TimeCount, Watermark
from portal.dashboards.models.reports import FrozenReport

__all__ = ["DossierFact", "DossierFactQuerySet", "FrozenReport", "MonthFigure", "TimeCount", "Watermark"]
