"""Administrative procedures and dossiers."""
