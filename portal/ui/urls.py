from django.conf import settings
from django.urls import URLPattern, path

from portal.ui.views import catalogue, display, pages

app_name = "ui"
urlpatterns: list[URLPattern] = [
    path("", pages.home, name="home"),
    path("su-kien/<slug:slug>/", pages.life_event, name="life-event"),
    path("tro-giup/", pages.help_page, name="help"),
    path("kha-nang-tiep-can/", pages.accessibility, name="accessibility"),
    path("du-lieu-ca-nhan/", pages.personal_data, name="personal-data"),
    path("hien-thi/", display.display, name="display"),
    path("viec-cua-toi/", pages.my_work, name="work"),
    path("phim-tat/", pages.keyboard, name="keyboard"),
]
if settings.UI_CATALOGUE:
    urlpatterns += [path("he-thong/thanh-phan/", catalogue.catalogue, name="catalogue")]
