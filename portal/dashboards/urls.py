from django.urls import URLPattern, path

from portal.dashboards.views import compare, counted, listing, opened, overview, own, public, report

app_name = "dashboards"
urlpatterns: list[URLPattern] = [
    path("thong-ke/", overview.overview, name="overview"),
    path("thong-ke/tre-han/", listing.late, name="late"),
    path("thong-ke/so-sanh/", compare.compare, name="compare"),
    path("thong-ke/bao-cao-766/", report.report, name="report"),
    path("thong-ke/bao-cao-766/chot/", report.freeze, name="freeze"),
    path("thong-ke/ho-so/", listing.listing, name="list"),
    path("thong-ke/phan-anh/", counted.petitions, name="petitions"),
    path("thong-ke/thu-tuc/", counted.procedures, name="procedures"),
    path("thong-ke/cua-toi/", own.own, name="own"),
    path("thong-ke/cua-toi/ho-so/", listing.own_list, name="own-list"),
    path("so-lieu/", public.index, name="public"),
    path("so-lieu/don-vi/<bigid:pk>/", public.unit, name="public-unit"),
    path("so-lieu/du-lieu-mo/", opened.page, name="open-data"),
    path("so-lieu/du-lieu-mo.jsonld", opened.description, name="open-data-description"),
    path("so-lieu/thu-tuc.jsonld", opened.catalogue, name="open-catalogue"),
]
