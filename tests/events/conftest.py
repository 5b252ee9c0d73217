"""Settings of the trail that no two tests share."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def own_seals(settings: Any, tmp_path: Path) -> None:
    settings.SEAL_KEY_FILE = tmp_path / "seal.key"
    settings.SEAL_PUBLISH_DIR = tmp_path / "seals"
