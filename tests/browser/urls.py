"""The portal's addresses and one that breaks, so that its last error page is looked at like any other."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path

from portal import urls
from portal.urls import handler400, handler403, handler404, handler429, handler500

__all__ = ["handler400", "handler403", "handler404", "handler429", "handler500", "urlpatterns"]


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("Broken on purpose")


urlpatterns = [path("trang-hong/", broken, name="500"), *urls.urlpatterns]
