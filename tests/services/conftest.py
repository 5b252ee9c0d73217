"""The whole catalogue, loaded once for the tests of a module, which must only read it."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from pytest_django.plugin import DjangoDbBlocker

from tests.conftest import _fresh


@pytest.fixture(scope="module")
def catalogue(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    for name in _fresh(django_db_blocker, country=False, kind="catalogue"):
        call_command("load_catalogue", verbosity=0)
        yield name


@pytest.fixture(scope="module")
def country_catalogue(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The same beside the whole country; what tests write is in sessions of their own."""
    for name in _fresh(django_db_blocker, country=True, kind="catalogue"):
        call_command("load_catalogue", verbosity=0)
        yield name
