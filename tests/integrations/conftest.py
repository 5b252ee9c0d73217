from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache

from integrations.registers import client
from integrations.registers.faults import Register
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


@pytest.fixture
def registers(sandbox: Sandbox, settings: Any) -> Iterator[Sandbox]:
    """The running sandbox as the province's adapter; faults are switched off afterwards."""
    settings.REGISTERS_ADDRESS = sandbox.origin
    settings.REGISTERS_CLIENT_ID = "portal"
    settings.REGISTERS_CLIENT_SECRET = SECRET
    settings.REGISTERS_TIMEOUT = (1.0, 0.9)
    client.breaker.__init__()
    yield sandbox
    for register in Register:
        sandbox.turn(register, "")
