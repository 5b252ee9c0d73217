"""Administrative units in time, their codes, successions and reorganisations."""
