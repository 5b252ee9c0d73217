"""Payments (docs/money.md). Without an address: cash and transfers at the desk, as before."""

from portal.settings import environment

PAYMENT_GATEWAY = "integrations.payments.gateway.Platform"
PAYMENT_ADDRESS = environment.text("PAYMENT_ADDRESS", "")  # https
PAYMENT_PARTNER = environment.text("PAYMENT_PARTNER", "")  # MaDoiTac
PAYMENT_SECRET = environment.text("PAYMENT_SECRET", "")  # of MaXacThuc, both ways
PAYMENT_HASH = environment.text("PAYMENT_HASH", "sha256")  # UNVERIFIED, as the order of the fields hashed
PAYMENT_PATHS = environment.document("PAYMENT_PATHS")  # over the defaults of integrations/payments/client.py
PAYMENT_TIMEOUT = (3.05, 8.0)  # seconds to connect, and for the whole answer
PAYMENT_NOTICE_RATE = environment.text("PAYMENT_NOTICE_RATE", "600/min")  # per client address
