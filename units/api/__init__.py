"""Administrative units over REST: open data, as of any day."""
