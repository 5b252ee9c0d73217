"""WSGI entry of the sandbox; one process, because codes and keys live in its memory."""

import os

from integrations.sandbox.settings import refuse_production

refuse_production()
os.environ["DJANGO_SETTINGS_MODULE"] = "integrations.sandbox.settings"

from django.core.wsgi import get_wsgi_application  # noqa: E402  the settings are chosen first

application = get_wsgi_application()

from integrations.mail import smtp  # noqa: E402  it needs the settings of the line above

smtp.start()
