"""What the portal tells people outside its pages: on which channel, when, and once (docs/notifications.md)."""
