"""Documents, registers, signatures and tasks. Lies below services and meetings, so that both can issue documents."""
