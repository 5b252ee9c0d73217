"""The portal as a visitor meets it: as in production, but plain HTTP, invented people and the page of components."""

import os
from pathlib import Path

from portal.settings.dev import *
from portal.settings.dev import (
    ACCOUNT_RATE_LIMITS,
    CACHES,
    CELERY_BROKER_TRANSPORT_OPTIONS,
    DATABASES,
    LOCAL_DIR,
    STORAGES,
)

DEBUG = False
ROOT_URLCONF = "tests.browser.urls"
STATIC_ROOT = LOCAL_DIR / "static"
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
CACHES = (
    CACHES if "REDIS_URL" in os.environ else {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
)
ACCOUNT_REAUTHENTICATION_TIMEOUT = 3600  # one proof lasts for the run
# Every visitor here has one address; tests/accounts, tests/services and tests/documents hold the real limits.
ACCOUNT_RATE_LIMITS = dict.fromkeys(ACCOUNT_RATE_LIMITS, "1000/s/ip")
VERIFICATION_RATE = LOOK_UP_RATE = PETITION_RATE = "1000/s"
# Two runs may share a broker: without queues of its own, the worker of one would swallow what the other ordered.
CELERY_BROKER_TRANSPORT_OPTIONS = CELERY_BROKER_TRANSPORT_OPTIONS | {"global_keyprefix": DATABASES["default"]["NAME"]}
if extra := os.environ.get("EXTRA_LOCALE_PATH"):
    LOCALE_PATHS = [Path(extra)]
