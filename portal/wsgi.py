"""The door for the web server."""

import os

from django.core.wsgi import get_wsgi_application

from portal.warming import warm_web

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.base")
application = get_wsgi_application()
warm_web()
