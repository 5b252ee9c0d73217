from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache

from tests.integrations.sandboxed import SECRET, Sandbox, running


@pytest.fixture(scope="session")
def sandbox_process() -> Iterator[Sandbox]:
    with running() as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(sandbox_process: Sandbox, settings: Any) -> Sandbox:
    """The running sandbox, which this test's portal knows as its provider."""
    cache.clear()
    settings.PUBLIC_ORIGIN = "http://127.0.0.1:8000"
    settings.VNEID_ISSUER = sandbox_process.issuer
    settings.VNEID_CLIENT_ID = "portal"
    settings.VNEID_CLIENT_SECRET = SECRET
    return sandbox_process
