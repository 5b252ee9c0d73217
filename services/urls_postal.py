"""Results by post: the desk's lists and slips, and the address to which one goes."""

from django.urls import URLPattern, path

from services.views import postal, postal_address

POST = "mot-cua/buu-chinh/"

urlpatterns: list[URLPattern] = [
    path(POST, postal.post, name="post"),
    path(f"{POST}phieu/<uuid:pk>/", postal.slip, name="postal-slip"),
    path(f"{POST}phieu/<uuid:pk>/in/", postal.slip_print, name="postal-slip-print"),
    path(f"{POST}<uuid:pk>/", postal.item, name="postal-item"),
    path(f"{POST}<uuid:pk>/tra-lai/", postal.item_came_back, name="postal-item-came-back"),
    path(f"{POST}<uuid:pk>/bo-ra/", postal.item_taken_off, name="postal-item-taken-off"),
    path("mot-cua/ho-so/<uuid:pk>/gui-buu-chinh/", postal_address.desk_post, name="desk-post"),
    path("ho-so-cua-toi/<uuid:pk>/gui-buu-chinh/", postal_address.own_post, name="own-post"),
]
