"""Short messages through the gateway of a network."""
