"""The register of enterprises, cooperatives and household businesses."""
