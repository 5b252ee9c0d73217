"""The portal as a visitor meets it: as in production, but plain HTTP, invented people and the page of components."""

import os
from pathlib import Path

from portal.settings.dev import *
from portal.settings.dev import CACHES, LOCAL_DIR

DEBUG = False
STATIC_ROOT = LOCAL_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
CACHES = (
    CACHES if "REDIS_URL" in os.environ else {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
)
ACCOUNT_RATE_LIMITS = False  # every visitor here has one address; tests/accounts hold the limits
if extra := os.environ.get("EXTRA_LOCALE_PATH"):
    LOCALE_PATHS = [Path(extra)]
