"""Dictionaries in, cleaned dictionaries out."""
