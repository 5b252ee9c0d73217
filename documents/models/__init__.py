"""What this app keeps, one module per part."""

from documents.models.certificates import Certificate, SignatureRecord, TrustAnchor

__all__ = ["Certificate", "SignatureRecord", "TrustAnchor"]
