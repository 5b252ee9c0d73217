"""Messages in the VNeID app of a citizen."""
