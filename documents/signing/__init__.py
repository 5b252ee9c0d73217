"""Signing and judging signed PDFs. Callers use `recipe` and `verify`; the work, with heavy imports, is in `engine`."""
