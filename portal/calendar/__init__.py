"""Working time: pure functions over dated calendar data."""
