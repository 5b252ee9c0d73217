"""Figures of all apps, read across: each explains itself by the list behind it."""
