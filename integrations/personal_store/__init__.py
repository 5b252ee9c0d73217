"""The store of issued results that belong to a person or an organisation."""
