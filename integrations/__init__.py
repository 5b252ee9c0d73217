"""The exchange with national systems, one folder per system."""
