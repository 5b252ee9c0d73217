"""The national population database, and the personal numbers that it issues to newborns."""
