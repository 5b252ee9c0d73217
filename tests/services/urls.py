"""As the portal's, with the pages on which forms are tried."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from portal import urls
from services.urls import trying_urlpatterns
from services.urls import urlpatterns as service_urlpatterns

own = include(([*service_urlpatterns, *trying_urlpatterns], "services"))
urlpatterns = [*i18n_patterns(path("", own), prefix_default_language=False), *urls.urlpatterns]
handler404 = urls.handler404
