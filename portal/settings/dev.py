"""The demo and daily work: loosens base, and nothing else."""

from portal.settings.base import *
from portal.settings.base import STORAGES

DEBUG = True
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}}
