"""Descriptions of procedures as data: what is in them, and how files become descriptions."""
