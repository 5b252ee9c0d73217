"""How long things are kept: the calendar, holds, packages for the archive; and in plain words for everybody."""

from django.urls import URLPattern, path

from services.views import archive, own_kept, retention

CALENDAR = "thoi-han-luu/"
PACKAGE = f"{CALENDAR}goi/<uuid:pk>/"

urlpatterns: list[URLPattern] = [
    path("luu-giu-bao-lau/", retention.public_rules, name="kept-rules"),
    path("ho-so-cua-toi/<uuid:pk>/luu-giu/", own_kept.kept, name="own-kept"),
    path(CALENDAR, retention.calendar, name="kept"),
    path(f"{CALENDAR}<slug:kind>/<int:year>-<int:month>/", retention.due_list, name="kept-due"),
    path(f"{CALENDAR}ho-so/<uuid:pk>/", retention.dossier, name="kept-dossier"),
    path(f"{CALENDAR}ho-so/<uuid:pk>/giu/", retention.hold, name="kept-hold"),
    path(f"{CALENDAR}giu/<uuid:pk>/", retention.lift, name="kept-lift"),
    path(f"{CALENDAR}goi/", archive.packages, name="packages"),
    path(f"{CALENDAR}goi/<int:unit>/<int:year>/", archive.begin, name="package-begin"),
    path(PACKAGE, archive.package, name="package"),
    path(f"{PACKAGE}tai/", archive.download, name="package-download"),
    path(f"{PACKAGE}da-nhan/", archive.received, name="package-received"),
]
