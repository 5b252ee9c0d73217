import pytest
from django.core.cache import cache

from tests.cast import Cast, cast


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """Counters of the lock-out and used codes live in the cache."""
    cache.clear()


@pytest.fixture
def people(db: None) -> Cast:
    return cast()
