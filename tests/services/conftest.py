"""Dossiers with whoever takes part in them; and the whole catalogue, loaded once for modules that only read it."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from portal.isolation import scope
from services.models import ProcedureVersion
from tests.cast import Cast, cast
from tests.conftest import _fresh
from tests.services.build import Office, birth

MONDAY = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)  # 09:00 in Vietnam, office hours


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


@pytest.fixture
def people(db: None) -> Iterator[Cast]:
    """The cast, with all of their units in scope. What the guards hold until the commit is checked at the end."""
    made = cast()
    with scope(units=[made.home, made.neighbour, made.province, made.elsewhere]):
        yield made
        if not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("set constraints all immediate")


@pytest.fixture
def version(people: Cast) -> ProcedureVersion:
    return birth()


@pytest.fixture
def office(people: Cast, version: ProcedureVersion) -> Office:
    """Whoever takes part in one dossier, on a Monday morning."""
    return Office(people, version, MONDAY)
