"""The demo and daily work: loosens base, and nothing else."""

from portal.settings import environment
from portal.settings.base import *
from portal.settings.base import PERSONAL_DATA_KEYS, PUBLIC_ORIGIN, SECRET_KEY, STORAGES

DEBUG = True
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}}

# --- Accounts: plain HTTP, invented people ----------------------------------------------------------------------------
PERSONAL_DATA_KEYS = PERSONAL_DATA_KEYS or environment.development_keys(SECRET_KEY)
SESSION_COOKIE_NAME = environment.cookie_name("mc-session", PUBLIC_ORIGIN)  # cookies know no ports, their names must
SESSION_COOKIE_SECURE = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
DEMO_PEOPLE_ALLOWED = True

# --- Pages ------------------------------------------------------------------------------------------------------------
CSRF_COOKIE_SECURE = False
SECURE_HSTS_SECONDS = 0
UI_CATALOGUE = True

# --- Trail: a key of its own on first use -----------------------------------------------------------------------------
SEAL_KEY_CREATE = True
