from django.conf import settings
from django.urls import URLPattern, path

from services import (
    urls_assisted,
    urls_consultations,
    urls_day,
    urls_desk,
    urls_lateness,
    urls_lists,
    urls_money,
    urls_own,
    urls_petitions,
    urls_postal,
    urls_retention,
    urls_work,
)
from services.urls_filing import urlpatterns as filing_urlpatterns
from services.views import catalogue, printed, trying

TRY = "he-thong/to-khai/<procedurecode:code>/"

app_name = "services"
urlpatterns: list[URLPattern] = [
    path("thu-tuc/", catalogue.catalogue, name="catalogue"),
    path("thu-tuc/<procedurecode:code>/", catalogue.procedure, name="procedure"),
    path("thu-tuc/<procedurecode:code>.jsonld", catalogue.linked_data, name="linked-data"),
    path("bieu-mau-ho-so/<uuid:pk>.pdf", printed.printed_form, name="printed-form"),
    *filing_urlpatterns,
    *urls_assisted.urlpatterns,
    *urls_day.urlpatterns,
    *urls_desk.urlpatterns,
    *urls_money.urlpatterns,
    *urls_lists.urlpatterns,
    *urls_lateness.urlpatterns,
    *urls_own.urlpatterns,
    *urls_petitions.urlpatterns,
    *urls_postal.urlpatterns,
    *urls_retention.urlpatterns,
    *urls_work.urlpatterns,
    *urls_consultations.urlpatterns,
]
trying_urlpatterns: list[URLPattern] = [
    path(TRY, trying.TaskListView.as_view(), name="try-tasks"),
    path(f"{TRY}kiem-tra/", trying.ReviewView.as_view(), name="try-review"),
    path(f"{TRY}trang/<slug:page>/", trying.PageView.as_view(), name="try-page"),
    path(f"{TRY}trang/<slug:page>/<slug:row>/", trying.RowView.as_view(), name="try-row"),
    path(f"{TRY}trang/<slug:page>/<slug:row>/bo/", trying.RemoveRowView.as_view(), name="try-remove"),
]
if settings.UI_CATALOGUE:
    urlpatterns += trying_urlpatterns
