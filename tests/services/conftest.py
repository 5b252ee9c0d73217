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
