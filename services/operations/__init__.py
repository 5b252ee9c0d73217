"""The deeds of this app."""

from services.operations.catalogue import publish_version, withdraw_version
from services.operations.loading import Loaded, load_catalogue

__all__ = ["Loaded", "load_catalogue", "publish_version", "withdraw_version"]
