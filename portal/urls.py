"""Every address of the portal. Vietnamese pages carry no prefix, other languages do."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from portal.api.base import nothing_here
from portal.health import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/", include("portal.api.urls")),
    path("api", nothing_here, name="api-root"),
    path("suc-khoe/", health, name="health"),
    path("thanh-toan/", include("integrations.payments.urls")),
    *i18n_patterns(
        path("", include("portal.ui.urls")),
        path("", include("portal.accounts.urls")),
        path("", include("portal.accounts.officer_urls")),
        path("", include("portal.notifications.urls")),
        path("", include("staff.urls")),
        path("", include("portal.calendar.urls")),
        path("", include("portal.events.urls")),
        path("don-vi/", include("units.urls")),
        path("", include("documents.urls")),
        path("", include("services.urls")),
        path("", include("portal.dashboards.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "portal.ui.views.errors.bad_request"
handler403 = "portal.ui.views.errors.forbidden"
handler404 = "portal.ui.views.errors.not_found"
handler500 = "portal.ui.views.errors.server_error"
handler429 = "portal.ui.views.errors.too_many_requests"  # allauth looks for it
