"""Who asks over REST: people by the session of their browser, programs by a token."""
