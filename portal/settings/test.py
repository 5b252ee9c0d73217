"""The checks: as production, without what needs a build or a second machine."""

from portal.settings import environment
from portal.settings.base import *
from portal.settings.base import LOCAL_DIR, PERSONAL_DATA_KEYS, PUBLIC_ORIGIN, SECRET_KEY, SIGNER_BACKENDS, STORAGES

ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
# Hundreds a second; limits have their own tests.
VERIFICATION_RATE = LOOK_UP_RATE = PETITION_RATE = PAYMENT_NOTICE_RATE = ""
API_RATE_ANONYMOUS = API_RATE_PERSON = API_RATE_PROGRAM = ""

# --- Accounts: plain HTTP, invented people ----------------------------------------------------------------------------
PERSONAL_DATA_KEYS = PERSONAL_DATA_KEYS or environment.development_keys(SECRET_KEY)
SESSION_COOKIE_NAME = environment.cookie_name("mc-session", PUBLIC_ORIGIN)  # cookies know no ports, their names must
SESSION_COOKIE_SECURE = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
DEMO_PEOPLE_ALLOWED = True

# --- Trail: a key of its own on first use -----------------------------------------------------------------------------
SEAL_KEY_CREATE = True
WHITENOISE_AUTOREFRESH = True  # nothing is collected for tests; otherwise its start warns of the missing folder

# --- Signatures: keys in files; tests say where their trial authority answers -----------------------------------------
SIGNATURE_TRIAL_ALLOWED = True
SIGNER_BACKENDS = SIGNER_BACKENDS | {
    "software": {
        "BACKEND": "documents.signing.backends.software.SoftwareSigner",
        "OPTIONS": {"folder": str(LOCAL_DIR / "secrets" / "signing")},
    }
}
SIGNATURE_TIMESTAMP_URL = "http://trust.sandbox.invalid/tsa"
