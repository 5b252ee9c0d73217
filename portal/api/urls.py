"""Everything under /api/. The last pattern answers what no other knows: nothing here is HTML by accident."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from portal.api import base, reference, router

app_name = "api"

v1: list[URLPattern | URLResolver] = [
    path("openapi.json", reference.OpenApiView.as_view(), name="openapi"),
    path("tai-lieu", reference.page, name="reference"),
    *(path("", include(module)) for module in router.modules()),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("v1/", include(v1)),
    re_path(r"^.*\Z", base.nothing_here, name="nothing-here"),
]
