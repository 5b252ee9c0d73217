"""What may come in: limits by kind of upload, and the inspection that every file passes before it is stored."""
