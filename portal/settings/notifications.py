"""Who carries notifications (docs/notifications.md). A carrier without an address is not offered to anybody."""

from portal.settings import environment

NOTIFICATION_BACKENDS = {
    "email": "integrations.mail.backend.Mail",
    "sms": "integrations.sms.backend.Sms",
    "vneid": "integrations.vneid_messages.backend.VNeIDMessages",
}
NOTIFICATION_TIMEOUT = (3.05, 8.0)  # seconds to connect, and for the whole answer
SMS_ADDRESS = environment.text("SMS_ADDRESS", "")  # of the gateway, https
SMS_CLIENT_ID = environment.text("SMS_CLIENT_ID", "")
SMS_CLIENT_SECRET = environment.text("SMS_CLIENT_SECRET", "")
SMS_SENDER = environment.text("SMS_SENDER", "MOTCUA")  # the brand name registered with the networks
VNEID_MESSAGES_ADDRESS = environment.text("VNEID_MESSAGES_ADDRESS", "")  # https
VNEID_MESSAGES_CLIENT_ID = environment.text("VNEID_MESSAGES_CLIENT_ID", "")
VNEID_MESSAGES_CLIENT_SECRET = environment.text("VNEID_MESSAGES_CLIENT_SECRET", "")
EMAIL_HOST = environment.text("EMAIL_HOST", "")
EMAIL_PORT = int(environment.text("EMAIL_PORT", "587"))
EMAIL_HOST_USER = environment.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = environment.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = environment.text("EMAIL_USE_TLS", "1") == "1"
EMAIL_LOG_ADDRESS = environment.text("EMAIL_LOG_ADDRESS", "")  # where the mail server says which Message-IDs it took
DEFAULT_FROM_EMAIL = environment.text("MAIL_FROM", "khong-tra-loi@localhost")
