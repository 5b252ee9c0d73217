"""Public pages of administrative units: no sign-in, no script, every answer has an address."""
