"""The people of one office; what was counted is compared with what a plain look at the dossiers finds."""

from tests.services.conftest import office, people, version

__all__ = ["office", "people", "version"]
