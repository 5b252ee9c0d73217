"""The list of dossiers, what is kept of it, and what is done with many at once."""

from django.urls import URLPattern, path

from services.views import lists

LIST = "danh-sach-ho-so/"

urlpatterns: list[URLPattern] = [
    path(LIST, lists.dossier_list, name="list"),
    path(f"{LIST}xuat/", lists.export, name="list-export"),
    path(f"{LIST}bo-loc/", lists.filters, name="list-filters"),
    path(f"{LIST}bo-loc/luu/", lists.filter_saving, name="list-filter-saving"),
    path(f"{LIST}bo-loc/<uuid:pk>/bo/", lists.filter_removal, name="list-filter-removal"),
]
