"""What every REST endpoint shares: problem+json, pages, versions, tags."""
