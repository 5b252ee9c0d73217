"""Lateness: the list of heads, later dates, real moments, corrections of results."""

from django.urls import URLPattern, path

from services.views import lateness

urlpatterns: list[URLPattern] = [
    path("tre-han/", lateness.late, name="late"),
    path("tre-han/<uuid:pk>/thu-xin-loi.pdf", lateness.letter, name="late-letter"),
    path("gia-han/<uuid:pk>/", lateness.extension, name="extension"),
    path("gia-han/<uuid:pk>/tu-choi/", lateness.extension_decline, name="extension-decline"),
    path("gia-han/<uuid:pk>/mau-04.pdf", lateness.extension_preview, name="extension-preview"),
]
