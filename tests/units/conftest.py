"""Units for tests: a small land in the plain database, or the whole country, shared by the tests of one module."""

from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.conftest import _fresh
from tests.units.land import Land, load_land
from units.handovers import registered


@pytest.fixture
def land(db: None) -> Land:
    return load_land()


@pytest.fixture
def nobody_else() -> Iterator[None]:
    """No app takes part: acts concern the tree alone."""
    with registered():
        yield


@pytest.fixture(scope="module")
def whole_country(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The loaded country for all tests of a module, which must only read it: a clone for each would cost too much."""
    yield from _fresh(django_db_blocker, country=True)
