"""Own preferences and what was sent, over REST."""
