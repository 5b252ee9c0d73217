"""What anybody may ask about a document without signing in: is it issued, in force, and is this file the one."""
