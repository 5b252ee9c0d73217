"""Lateness: the list of heads, later dates, real moments, corrections of results."""

from django.urls import URLPattern, path

from services.views import corrections, lateness, real_moments

urlpatterns: list[URLPattern] = [
    path("tre-han/", lateness.late, name="late"),
    path("tre-han/<uuid:pk>/thu-xin-loi.pdf", lateness.letter, name="late-letter"),
    path("gia-han/<uuid:pk>/", lateness.extension, name="extension"),
    path("gia-han/<uuid:pk>/tu-choi/", lateness.extension_decline, name="extension-decline"),
    path("gia-han/<uuid:pk>/mau-04.pdf", lateness.extension_preview, name="extension-preview"),
    path("mot-cua/ho-so/<uuid:pk>/thoi-diem-that/", real_moments.claim, name="desk-real-moment"),
    path("thoi-diem-that/<uuid:pk>/", real_moments.real_moment, name="real-moment"),
    path("thoi-diem-that/<uuid:pk>/khong-nhan/", real_moments.real_moment_refuse, name="real-moment-refuse"),
    path("dinh-chinh/<uuid:pk>/", corrections.correction, name="correction"),
    path("dinh-chinh/<uuid:pk>/khong-sai/", corrections.correction_decline, name="correction-decline"),
    path("mot-cua/ho-so/<uuid:pk>/dinh-chinh/", corrections.desk_correction, name="desk-correction"),
    path("ho-so-cua-toi/<uuid:pk>/dinh-chinh/", corrections.own_correction, name="own-correction"),
]
