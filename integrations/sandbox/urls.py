"""One folder of addresses per system."""

from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path
from django.views.decorators.http import require_GET

STYLE = (Path(__file__).parent / "sandbox.css").read_bytes()


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "sandbox/home.html")


@require_GET
def style(request: HttpRequest) -> HttpResponse:
    return HttpResponse(STYLE, content_type="text/css; charset=utf-8", headers={"Cache-Control": "max-age=3600"})


@require_GET
def icon(request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=204, headers={"Cache-Control": "max-age=86400"})


urlpatterns = [
    path("", home, name="home"),
    path("favicon.ico", icon, name="icon"),
    path("thu-nghiem.css", style, name="style"),
    path("vneid/", include("integrations.vneid.sandbox")),
    path("trust/", include("integrations.trust.sandbox")),
    path("csc/v1/", include("integrations.remote_signing.sandbox")),
]
