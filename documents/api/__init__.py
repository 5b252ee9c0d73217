"""Registers over REST: the same reads as the pages."""
