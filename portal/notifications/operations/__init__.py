"""The deeds of this app."""
