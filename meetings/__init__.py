"""Online meetings with minutes and tasks."""
