"""Signing and judging signed PDFs. Callers use `recipe` and `verify`; the work, with its heavy imports, is in `engine`."""
