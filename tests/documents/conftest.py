import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from portal.isolation import scope
from tests.cast import Cast, cast


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    """Contents of one test only, in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media" / "documents"


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files of this test go."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def people_without_scope(db: None) -> Cast:
    return cast()


@pytest.fixture
def people(people_without_scope: Cast) -> Iterator[Cast]:
    """The cast, with all of their units in scope; a request narrows it to its own user's."""
    made = people_without_scope
    with scope(units=[made.home, made.neighbour, made.province, made.elsewhere]):
        yield made
