"""Settings of the sandbox process: no database, no accounts, cookies of its own."""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parents[2]


def refuse_production() -> None:
    """Whoever can choose a citizen from a list must never stand beside real ones."""
    switched_on = os.environ.get("MC_PRODUCTION", "").lower() in {"1", "true", "yes", "on"}
    if switched_on or os.environ.get("DJANGO_SETTINGS_MODULE") == "portal.settings.base":
        raise ImproperlyConfigured("The sandbox does not run in production. Set VNEID_ISSUER to the real provider.")


refuse_production()

DEBUG = False
SECRET_KEY = secrets.token_urlsafe(48)  # lives as long as the process
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
ROOT_URLCONF = "integrations.sandbox.urls"
INSTALLED_APPS: list[str] = []
MIDDLEWARE = [
    "integrations.sandbox.middleware.Headers",
    "django.middleware.csrf.CsrfViewMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
CSRF_COOKIE_NAME = "sandbox-csrf"
CSRF_COOKIE_HTTPONLY = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024
VNEID_CLIENT_ID = os.environ.get("VNEID_CLIENT_ID", "mot-cua")
VNEID_CLIENT_SECRET = os.environ.get("VNEID_CLIENT_SECRET") or os.environ.get("SANDBOX_CLIENT_SECRET", "")
REGISTERS_CLIENT_ID = os.environ.get("REGISTERS_CLIENT_ID", "mot-cua")
REGISTERS_CLIENT_SECRET = os.environ.get("REGISTERS_CLIENT_SECRET") or os.environ.get("SANDBOX_CLIENT_SECRET", "")
PAYMENT_PARTNER = os.environ.get("PAYMENT_PARTNER", "mot-cua")
PAYMENT_SECRET = os.environ.get("PAYMENT_SECRET") or os.environ.get("SANDBOX_CLIENT_SECRET", "")
PAYMENT_HASH = "sha256"
PUBLIC_ORIGIN = os.environ.get("PUBLIC_ORIGIN", "http://127.0.0.1:8000")  # whom the payment platform calls
SMS_CLIENT_ID = os.environ.get("MESSAGES_CLIENT_ID", "mot-cua")
SMS_CLIENT_SECRET = os.environ.get("MESSAGES_CLIENT_SECRET") or os.environ.get("SANDBOX_CLIENT_SECRET", "")
SANDBOX_STATE_DIR = Path(os.environ.get("SANDBOX_STATE_DIR") or BASE_DIR / ".local" / "sandbox")  # keys of the trial CA
