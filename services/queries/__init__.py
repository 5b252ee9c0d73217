"""Questions about procedures on a day. Pure reads."""
