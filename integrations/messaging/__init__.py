"""What the carriers of messages have in common: how they are asked, and how their other side fails on request."""
