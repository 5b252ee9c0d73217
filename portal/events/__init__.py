"""The one Event row: audit trail, timeline and outbox."""
