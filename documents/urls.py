from django.conf import settings
from django.urls import URLPattern, path

from documents.views import layouts

app_name = "documents"
urlpatterns: list[URLPattern] = []
if settings.UI_CATALOGUE:
    urlpatterns += [
        path("he-thong/bieu-mau/", layouts.catalogue, name="layouts"),
        path("he-thong/bieu-mau/<slug:code>.pdf", layouts.sample_pdf, name="layout-sample"),
    ]
