from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from documents.signing.engine.filling import fill
from documents.signing.engine.preparing import prepare
from documents.signing.engine.signing import sign
from documents.signing.kinds import PERSON, SEAL
from tests import trust as trusted
from tests.integrations.sandboxed import running
from tests.trust import Trust


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trust]:
    with running() as sandbox:
        yield Trust(sandbox, tmp_path_factory.mktemp("keys"))


@pytest.fixture
def trust(authority: Trust, settings: Any) -> Iterator[Trust]:
    """The trial authority, which this test's portal trusts; every answer is asked for anew."""
    trusted.told(settings, authority)
    settings.SIGNATURE_STATUS_FRESH = 0
    authority.faults()
    yield authority
    authority.faults()


@pytest.fixture(scope="session")
def prepared() -> bytes:
    return prepare(trusted.page(), trusted.boxes())


@pytest.fixture(scope="session")
def kept() -> dict[str, bytes]:
    """Files that several tests look at, made once."""
    return {}


@pytest.fixture
def signed(trust: Trust, prepared: bytes, kept: dict[str, bytes]) -> bytes:
    """Signed by the leader."""
    if "signed" not in kept:
        kept["signed"] = sign(
            prepared, field=PERSON, credential=trust.leader, anchors=[trust.anchor], long_term=False, at=trusted.now()
        ).pdf
    return kept["signed"]


@pytest.fixture
def sealed(trust: Trust, signed: bytes, kept: dict[str, bytes]) -> bytes:
    """Signed, numbered and sealed."""
    if "sealed" not in kept:
        filled = fill(signed, trusted.VALUES)
        kept["sealed"] = sign(
            filled, field=SEAL, credential=trust.organ, anchors=[trust.anchor], long_term=True, at=trusted.now()
        ).pdf
    return kept["sealed"]


@pytest.fixture
def folder(authority: Trust) -> Path:
    return authority.folder
