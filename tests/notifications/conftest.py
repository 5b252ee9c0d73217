from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from portal.events.delivering import breaker
from tests.notifications import carriers


@pytest.fixture(autouse=True)
def connected(settings: Any) -> None:
    """Every channel goes to memory, and no partner is being left alone."""
    carriers.connect(settings)
    breaker.__init__()  # type: ignore[misc]  # as new


@pytest.fixture
def checked(db: None) -> Iterator[None]:
    """What the guards hold until the commit is looked at in the end."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
