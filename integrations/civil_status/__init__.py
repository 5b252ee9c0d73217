"""The electronic civil-status database: births, marriages, deaths."""
