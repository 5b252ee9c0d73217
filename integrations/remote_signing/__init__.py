"""Remote signing by the API of the Cloud Signature Consortium, version 1."""
