"""What the pages, REST and files ask. Pure reads."""
