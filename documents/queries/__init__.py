"""Pure reads of this app."""
