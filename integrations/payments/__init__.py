"""The payment platform, by its INIT message (version 1.0.6): orders, notices, look-ups, refunds, statements."""
