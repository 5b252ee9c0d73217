"""What Django's own Vietnamese formats leave out: thousands are grouped, 200.000."""

NUMBER_GROUPING = 3
