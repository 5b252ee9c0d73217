"""The demo and daily work: loosens base, and nothing else."""

from portal.settings import environment
from portal.settings.base import *
from portal.settings.base import (
    CONTENT_SECURITY_POLICY,
    EMAIL_HOST,
    EMAIL_HOST_PASSWORD,
    EMAIL_HOST_USER,
    EMAIL_LOG_ADDRESS,
    EMAIL_PORT,
    EMAIL_USE_TLS,
    LOCAL_DIR,
    PAYMENT_ADDRESS,
    PAYMENT_SECRET,
    PERSONAL_DATA_KEYS,
    PUBLIC_ORIGIN,
    REGISTERS_ADDRESS,
    SECRET_KEY,
    SIGNATURE_TIMESTAMP_URL,
    SIGNER_BACKENDS,
    SMS_ADDRESS,
    SMS_CLIENT_ID,
    SMS_CLIENT_SECRET,
    TRUST_ADDRESSES,
    VNEID_ISSUER,
    VNEID_MESSAGES_ADDRESS,
    VNEID_MESSAGES_CLIENT_ID,
    VNEID_MESSAGES_CLIENT_SECRET,
)

DEBUG = environment.text("DEBUG", "") == "1"  # off, so that error pages and headers are those of production
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]

# --- Accounts: plain HTTP, invented people ----------------------------------------------------------------------------
PERSONAL_DATA_KEYS = PERSONAL_DATA_KEYS or environment.development_keys(SECRET_KEY)
SESSION_COOKIE_NAME = environment.cookie_name("mc-session", PUBLIC_ORIGIN)  # cookies know no ports, their names must
SESSION_COOKIE_SECURE = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
# Without a provider of its own the portal signs in at the sandbox, whose address and secret the launcher sets.
SANDBOX_ORIGIN = environment.text("SANDBOX_ORIGIN", "http://127.0.0.1:8001")
if not VNEID_ISSUER:
    VNEID_ISSUER = f"{SANDBOX_ORIGIN}/vneid"
    VNEID_CLIENT_ID = "mot-cua"
    VNEID_CLIENT_SECRET = environment.text("SANDBOX_CLIENT_SECRET", "")
    SIGN_IN_PROVIDER_ORIGIN = SANDBOX_ORIGIN
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"].append(SANDBOX_ORIGIN)
DEMO_PEOPLE_ALLOWED = True
if not REGISTERS_ADDRESS:
    REGISTERS_ADDRESS = SANDBOX_ORIGIN
    REGISTERS_CLIENT_ID = "mot-cua"
    REGISTERS_CLIENT_SECRET = environment.text("SANDBOX_CLIENT_SECRET", "")

if not PAYMENT_ADDRESS:
    PAYMENT_ADDRESS, PAYMENT_PARTNER = SANDBOX_ORIGIN, "mot-cua"
    PAYMENT_SECRET = environment.text("SANDBOX_CLIENT_SECRET", "")
# --- Notifications: at the sandbox, which delivers to nobody ----------------------------------------------------------
MESSAGES_CLIENT_SECRET = environment.text("MESSAGES_CLIENT_SECRET", "")
if not SMS_ADDRESS and MESSAGES_CLIENT_SECRET:
    SMS_ADDRESS, SMS_CLIENT_ID, SMS_CLIENT_SECRET = SANDBOX_ORIGIN, "mot-cua", MESSAGES_CLIENT_SECRET
if not VNEID_MESSAGES_ADDRESS and MESSAGES_CLIENT_SECRET:
    VNEID_MESSAGES_ADDRESS = SANDBOX_ORIGIN
    VNEID_MESSAGES_CLIENT_ID, VNEID_MESSAGES_CLIENT_SECRET = "mot-cua", MESSAGES_CLIENT_SECRET
SANDBOX_SMTP_PORT = int(environment.text("SANDBOX_SMTP_PORT", "0"))
if not EMAIL_HOST and SANDBOX_SMTP_PORT:
    EMAIL_HOST, EMAIL_PORT, EMAIL_USE_TLS = "127.0.0.1", SANDBOX_SMTP_PORT, False
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = "mot-cua", MESSAGES_CLIENT_SECRET
    EMAIL_LOG_ADDRESS = f"{SANDBOX_ORIGIN}/thu"

# --- Pages ------------------------------------------------------------------------------------------------------------
CSRF_COOKIE_SECURE = False
SECURE_HSTS_SECONDS = 0
UI_CATALOGUE = True

# --- Trail: a key of its own on first use -----------------------------------------------------------------------------
SEAL_KEY_CREATE = True

# --- Signatures: the sandbox's trial authority, keys in files ---------------------------------------------------------
SIGNATURE_TRIAL_ALLOWED = True
SIGNER_BACKENDS = SIGNER_BACKENDS | {
    "software": {
        "BACKEND": "documents.signing.backends.software.SoftwareSigner",
        "OPTIONS": {"folder": str(LOCAL_DIR / "secrets" / "signing")},
    }
}
SIGNATURE_TIMESTAMP_URL = SIGNATURE_TIMESTAMP_URL or "http://trust.sandbox.invalid/tsa"
TRUST_ADDRESSES = {"trust.sandbox.invalid": f"{SANDBOX_ORIGIN}/trust"} | TRUST_ADDRESSES
