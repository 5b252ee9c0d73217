"""Production settings. Safe with nothing set: what is missing is named, nothing falls back to a weak value."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from portal.settings import environment
from portal.settings.choices import SHARED_CHOICES
from portal.settings.notifications import *
from portal.settings.payments import *
from portal.settings.registers import *
from portal.settings.uploads import *

BASE_DIR = Path(__file__).resolve().parents[2]
LOCAL_DIR = Path(environment.text("MC_LOCAL_DIR", str(BASE_DIR / ".local")))

# --- Core ---------------------------------------------------------------------------------------------------------
DEBUG = False
SECRET_KEY = environment.text("SECRET_KEY")
SECRET_KEY_FALLBACKS = environment.words("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS")
PUBLIC_ORIGIN = environment.text("PUBLIC_ORIGIN", "https://localhost")
DESK_HOTLINE = environment.text("DESK_HOTLINE", "1022")  # printed on the forms of the one-stop desk
CSRF_TRUSTED_ORIGINS = [PUBLIC_ORIGIN]
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
APPEND_SLASH = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "portal.dashboards",
    "integrations",
    "services",
    "documents",
    "staff",
    "units",
    "portal.notifications",
    "portal.accounts",
    "portal.api",
    "portal.ui",
    "portal.calendar",
    "portal.events",
    "portal.isolation",
    "portal",
    "rest_framework",
    "drf_spectacular",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
]

MIDDLEWARE = [
    "portal.events.middleware.RequestContextMiddleware",
    "portal.api.middleware.ApiMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.ui.compression.CompressPages",
    "csp.middleware.CSPMiddleware",
    "portal.ui.middleware.PageHeadersMiddleware",
    "portal.ui.middleware.UnavailableMiddleware",
    "portal.ui.middleware.ProblemPagesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.accounts.middleware.SessionRules",  # before the scope: a session that is over opens none
    "portal.isolation.middleware.ScopeMiddleware",
    "portal.events.middleware.SealGateMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portal.accounts.middleware.SignInRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.ui.context.page",
            ],
        },
    },
]

# --- Database: PostgreSQL 18. `default` is the application's role, which owns nothing; `owner` runs migrations ------
DATABASES = {"default": environment.database(environment.text("DATABASE_URL")) | {"ATOMIC_REQUESTS": True}}
if owner_url := environment.text("DATABASE_OWNER_URL", ""):
    DATABASES["owner"] = environment.database(owner_url)

# --- Accounts and sign-in ---------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "portal.accounts.backends.OfficerBackend",
    "portal.accounts.backends.CitizenBackend",
    "portal.accounts.backends.ClientBackend",
    "staff.backends.AssignmentBackend",
]
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "ui:work"
LOGOUT_REDIRECT_URL = "/"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "portal.accounts.passwords.ContextWordsValidator"},
    {"NAME": "portal.accounts.passwords.LongestLengthValidator"},
]
# Keys of personal numbers at rest: {"index": base64, "<id>": base64, ...}, 32 bytes each; the last one seals.
PERSONAL_DATA_KEYS = environment.document("PERSONAL_DATA_KEYS")

SESSION_ENGINE = "portal.accounts.sessions"
SESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"
SESSION_COOKIE_NAME = "__Host-mc-session"
SESSION_COOKIE_SECURE = SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"  # the answer of the identity provider is a navigation from another site
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 13 * 3600  # seconds; rows outlive the longest limit, so that the end is explained
SESSION_LIMITS = {  # seconds: without use, and in all. An officer's desk stands among people, ASVS 7.3
    "officer": {"idle": 15 * 60, "absolute": 12 * 3600},
    "citizen": {"idle": 30 * 60, "absolute": 8 * 3600},
}
SESSION_GROUND = "staff.policies.may_hold_session"  # (user, on) -> bool: who loses the last assignment is signed out

OFFICER_DIRECTORY = "staff.directory.officer_for"  # (personal number) -> the officer's user or None

SIGN_IN_PROVIDER = "integrations.vneid.provider.VNeID"
VNEID_ISSUER = environment.text("VNEID_ISSUER", "")
VNEID_CLIENT_ID = environment.text("VNEID_CLIENT_ID", "")
VNEID_CLIENT_SECRET = environment.text("VNEID_CLIENT_SECRET", "")
VNEID_ALGORITHM = environment.text("VNEID_ALGORITHM", "RS256")
SIGN_IN_PROVIDER_ORIGIN = "://".join(urlsplit(VNEID_ISSUER)[:2]) if VNEID_ISSUER else ""  # CSP form-action needs it

# allauth brings the password page, TOTP, WebAuthn and recovery codes; sign-up, mail and reset pages have no address.
ACCOUNT_ADAPTER = "portal.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGIN_BY_CODE_ENABLED = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600  # seconds
ACCOUNT_RATE_LIMITS = {  # the lock-out by name and address is ours; these bound what one office or one robot may ask
    "login": "120/m/ip",
    "login_failed": "300/m/ip,60/5m/key",
    "reauthenticate": "20/m/user",
    "change_password": "10/m/user",
}
ACCOUNT_FORMS = {
    "login": "portal.accounts.forms.SignInForm",
    "change_password": "portal.accounts.forms.ChangePasswordForm",
}
MFA_ADAPTER = "portal.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1
MFA_PASSKEY_LOGIN_ENABLED = False
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_TRUST_ENABLED = False
MFA_FORMS = {
    "authenticate": "portal.accounts.forms.SecondFactorForm",
    "reauthenticate": "portal.accounts.forms.ReauthenticateForm",
    "activate_totp": "portal.accounts.forms.ActivateTotpForm",
    "add_webauthn": "portal.accounts.forms.AddKeyForm",
    "edit_webauthn": "portal.accounts.forms.RenameKeyForm",
}
DEMO_PEOPLE_ALLOWED = False

# --- Isolation: who may see which rows (docs/trust.md). The provider maps a request to its scope ----------------------
SCOPE_FREE_PATHS = ["/suc-khoe/"]  # answered without a transaction, also when the database is away
SCOPE_PROVIDER = "staff.scopes.scope_for"
LONGEST_WAIT = timedelta(milliseconds=800)  # of somebody's request for what another transaction holds
BUSY_RETRY_AFTER = 2  # seconds, for who waited in vain
TRUSTED_PROXIES = environment.words("TRUSTED_PROXY_NETWORKS")  # networks whose X-Forwarded-For is believed
if TRUSTED_PROXIES:  # the portal is reached through them only, and they replace what a client claims
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SILENCED_SYSTEM_CHECKS = [
    "security.W008",  # the reverse proxy sends people to https; what is inside speaks plain HTTP to its health checks
    "security.W021",  # preloading binds the whole domain: its owner decides
]

# --- Trail: seals and deliveries (docs/trust.md) ----------------------------------------------------------------------
SEAL_KEY_FILE = environment.text("SEAL_KEY_PATH", str(LOCAL_DIR / "secrets" / "seal.key"))  # outside the database
SEAL_KEY_CREATE = False  # production names its key; the demo and the checks make one on first use
SEAL_PUBLISH_DIR = Path(environment.text("SEAL_PUBLISH_DIR", str(LOCAL_DIR / "seals")))
SEAL_LATE_AFTER = timedelta(minutes=15)  # alarm
SEAL_STOP_AFTER = timedelta(hours=4)  # unsafe requests are refused
DELIVERY_RESEND_AFTER = timedelta(seconds=120)  # a message without an end by then is taken for lost
DELIVERY_TRIES = 24
DELIVERY_KEPT = timedelta(days=7)  # after it was done
WATCHDOG_PATIENCE = timedelta(seconds=60)

# --- Signatures (docs/signatures.md) ----------------------------------------------------------------------------------
SIGNATURE_TRIAL_ALLOWED = False  # keys in files, and authorities that are marked as trials
SIGNER_BACKENDS: dict[str, dict[str, object]] = {}  # name: who holds keys. A certificate names its backend
if PKCS11_MODULE := environment.text("PKCS11_MODULE", ""):
    SIGNER_BACKENDS["pkcs11"] = {
        "BACKEND": "documents.signing.backends.pkcs11.Pkcs11Signer",
        "OPTIONS": {
            "module": PKCS11_MODULE,
            "token": environment.text("PKCS11_TOKEN"),
            "pin": environment.text("PKCS11_PIN", ""),
        },
    }
if CSC_ADDRESS := environment.text("CSC_ADDRESS", ""):
    SIGNER_BACKENDS["csc"] = {
        "BACKEND": "integrations.remote_signing.signer.RemoteSigner",
        "OPTIONS": {
            "address": CSC_ADDRESS,
            "user": environment.text("CSC_USER"),
            "password": environment.text("CSC_PASSWORD"),
            "pin": environment.text("CSC_PIN", ""),  # of the organ's keys; officers type theirs
        },
    }
SIGNATURE_TIMESTAMP_URL = environment.text("SIGNATURE_TIMESTAMP_URL", "")
SIGNATURE_STATUS_FRESH = 60  # seconds for which the status of a certificate is believed
TRUST_TRANSPORT = "integrations.trust.client.exchange"
TRUST_ADDRESSES = environment.document("TRUST_ADDRESSES")  # host in a certificate -> where it answers, behind a proxy

# --- Broker and cache -----------------------------------------------------------------------------------------------
REDIS_URL = environment.text("REDIS_URL", "redis://127.0.0.1:6379/0")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_connect_timeout": 2, "socket_timeout": 2},  # seconds; the broker's connections have none
    }
}

# --- Pages: names, look, what a browser may do ------------------------------------------------------------------------
FORM_RENDERER = "portal.ui.forms.Renderer"
PORTAL_NAME = environment.text("PORTAL_NAME", "Một Cửa")
PORTAL_PLACE = environment.text("PORTAL_PLACE", "")  # "tỉnh Lào Cai"
PORTAL_OWNER = environment.text("PORTAL_OWNER", "")  # who answers for the portal, in the footer
PORTAL_THEME = environment.text("PORTAL_THEME", "state")  # a key of portal/ui/themes.json
HELP_PHONE = environment.text("HELP_PHONE", "1022")
UI_CATALOGUE = False  # the page of all components, for the people who build
CSRF_FAILURE_VIEW = "portal.ui.views.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF, *filter(None, [SIGN_IN_PROVIDER_ORIGIN])],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS, SECURE_HSTS_INCLUDE_SUBDOMAINS = 365 * 24 * 3600, True
CSRF_COOKIE_SECURE = CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"

# --- Celery: what is lost when, and why these values, stands in docs/trust.md. Remote control stays on ----------------
CELERY_BROKER_URL = environment.text("BROKER_URL", REDIS_URL)
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_QUEUES = {
    name: {"exchange": name, "routing_key": name} for name in ("default", "signing", "forms", "batches")
}
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 30
CELERY_WORKER_MAX_TASKS_PER_CHILD = 2000
CELERY_TASK_SOFT_TIME_LIMIT = 90  # seconds
CELERY_TASK_TIME_LIMIT = 120  # below the visibility timeout, or a running task is started again
CELERY_VISIBILITY_TIMEOUT = 300  # it must stand in all three places
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": CELERY_VISIBILITY_TIMEOUT,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
}
CELERY_RESULT_BACKEND_TRANSPORT_OPTIONS = {"visibility_timeout": CELERY_VISIBILITY_TIMEOUT}
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_ENABLE_UTC = True
CELERY_BEAT_SCHEDULER = "portal.events.beat:LockedScheduler"

# --- Language and time ------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "vi"
FORMAT_MODULE_PATH = ["portal.settings.formats"]
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

# --- Papers of many dossiers as one PDF (docs/lists.md) ---------------------------------------------------------------
BATCH_PRINT_DOSSIERS, BATCH_PRINT_BYTES = 300, 40 * 1024 * 1024
BATCH_PRINT_KEPT = timedelta(days=1)

# --- REST API (portal.api) ------------------------------------------------------------------------------------------
API_VERSION = "1.0.0"  # semantic; its major number stands in the path
API_MAX_BODY_BYTES = 1024 * 1024
API_BODY_BYTES = {"/api/v1/files": 26 * 1024 * 1024}  # addresses that take more: one file, with its form around it
API_RATE_ANONYMOUS = environment.text("API_RATE_ANONYMOUS", "600/min")  # per client address; empty = no limit
VERIFICATION_RATE = environment.text("VERIFICATION_RATE", "60/min")  # codes and files per client address
LOOK_UP_RATE = environment.text("LOOK_UP_RATE", "30/min")  # dossiers looked up without sign-in, per client address
PETITION_RATE = environment.text("PETITION_RATE", "20/hour")  # petitions sent in, per client address
API_RATE_PERSON = environment.text("API_RATE_PERSON", "600/min")  # per user with a browser
API_RATE_PROGRAM = environment.text("API_RATE_PROGRAM", "3000/min")  # per API client
API_TOKEN_VALID = timedelta(minutes=15)
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "portal.accounts.api.authentication.BearerToken",
        "portal.accounts.api.authentication.BrowserSession",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["portal.api.permissions.SignedIn"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["portal.api.parsers.JsonParser"],
    "DEFAULT_THROTTLE_CLASSES": [
        "portal.api.throttling.AnonymousThrottle",
        "portal.api.throttling.PersonThrottle",
        "portal.api.throttling.ProgramThrottle",
    ],
    "DEFAULT_METADATA_CLASS": None,
    "DEFAULT_SCHEMA_CLASS": "portal.api.schema.AutoSchema",
    "EXCEPTION_HANDLER": "portal.api.refusals.exception_handler",
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "OAS_VERSION": "3.1.0",
    "TITLE": "Một Cửa",
    "DESCRIPTION": _("Open data and services of the one-stop portal."),
    "VERSION": API_VERSION,
    "CONTACT": {
        "name": environment.text("CONTACT_NAME", "Một Cửa"),
        "email": environment.text("CONTACT_EMAIL", "api@example.invalid"),
        "url": f"{PUBLIC_ORIGIN}/api/v1/tai-lieu",
    },
    "LICENSE": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
    "SERVERS": [{"url": f"{PUBLIC_ORIGIN}/api/v1"}],
    "TAGS": [],
    "ENUM_NAME_OVERRIDES": SHARED_CHOICES,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SCHEMA_PATH_PREFIX_TRIM": True,
    "ENABLE_DJANGO_DEPLOY_CHECK": False,
    "PATH_CONVERTER_OVERRIDES": {"bigid": "integer", "unitcode": "string", "procedurecode": "string"},
}

# --- Static files: built at set-up into assets/dist, never committed ------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = LOCAL_DIR / "static"
STATICFILES_DIRS = [(name, BASE_DIR / "assets" / "dist" / name) for name in ("css", "fonts", "images", "js")]
PDF_FACES = BASE_DIR / "assets" / "dist" / "fonts-pdf"  # the face of documents: for printing, never sent to a browser
MEDIA_ROOT = LOCAL_DIR / "media"

# --- Files of documents (docs/documents.md): below MEDIA_ROOT, or in a bucket of an S3-compatible store ---------------
DOCUMENTS_STORAGE: dict[str, object] = {"BACKEND": "documents.storage.Folder"}
if bucket := environment.text("DOCUMENTS_S3_BUCKET", ""):
    DOCUMENTS_STORAGE = {
        "BACKEND": "documents.bucket.Bucket",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": environment.text("DOCUMENTS_S3_ENDPOINT"),
            "region_name": environment.text("DOCUMENTS_S3_REGION", "us-east-1"),
            "access_key": environment.text("DOCUMENTS_S3_KEY"),
            "secret_key": environment.text("DOCUMENTS_S3_SECRET"),
        },
    }
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "documents": DOCUMENTS_STORAGE,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024  # bytes of one form without its files
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
