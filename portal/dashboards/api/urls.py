from django.urls import URLPattern, path

from portal.dashboards.api import counted, opened, statistics

app_name = "dashboards"
urlpatterns: list[URLPattern] = [
    path("statistics", statistics.Statistics.as_view(), name="statistics"),
    path("statistics/dossiers", statistics.FigureDossiers.as_view(), name="figure-dossiers"),
    path("statistics/petitions", counted.FigurePetitions.as_view(), name="figure-petitions"),
    path("statistics/procedures", counted.IndicatorProcedures.as_view(), name="indicator-procedures"),
    path("statistics/index-reports", statistics.IndexReports.as_view(), name="index-reports"),
    path("open-data/unit-statistics", opened.UnitStatistics.as_view(), name="unit-statistics"),
    path("open-data/unit-statistics.csv", opened.UnitStatisticsSheet.as_view(), name="unit-statistics-csv"),
]
