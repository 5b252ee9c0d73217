"""The other side of every national system, in its own process, for demonstrations and tests. Never in production."""
