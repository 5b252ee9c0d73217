"""The list of dossiers, what is kept of it, and what is done with many at once."""

from django.urls import URLPattern, path

from services.views import batches, covers, lists, sheets

LIST = "danh-sach-ho-so/"

urlpatterns: list[URLPattern] = [
    path(LIST, lists.dossier_list, name="list"),
    path(f"{LIST}xuat/", lists.export, name="list-export"),
    path(f"{LIST}bo-loc/", lists.filters, name="list-filters"),
    path(f"{LIST}bo-loc/luu/", lists.filter_saving, name="list-filter-saving"),
    path(f"{LIST}bo-loc/<uuid:pk>/bo/", lists.filter_removal, name="list-filter-removal"),
    path(f"{LIST}lo/", batches.ordering, name="list-ordering"),
    path(f"{LIST}lo/da-lenh/", batches.batches, name="list-batches"),
    path(f"{LIST}lo/<uuid:pk>/", batches.batch_page, name="list-batch"),
    path(f"{LIST}lo/<uuid:pk>/in.pdf", batches.printed, name="list-batch-print"),
    path(f"{LIST}lo/<uuid:pk>/dung/", batches.cancelling, name="list-batch-cancelling"),
    path(f"{LIST}lo/<uuid:pk>/hoan-lai/", batches.undoing, name="list-batch-undoing"),
    path("danh-sach/<slug:key>/xuat/", sheets.sheet, name="list-sheet"),
    path("xu-ly/dang-cho/", covers.waiting, name="waiting"),
    path("xu-ly/chia-lai/", covers.redistribution, name="redistribution"),
    path("xu-ly/lam-thay/", covers.covers, name="covers"),
    path("xu-ly/lam-thay/them/", covers.entering, name="cover-entering"),
    path("xu-ly/lam-thay/<uuid:pk>/", covers.cover, name="cover"),
    path("xu-ly/lam-thay/<uuid:pk>/ket-thuc/", covers.ending, name="cover-ending"),
]
