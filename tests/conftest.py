"""Fixtures that every test may ask for."""

import os
from collections.abc import Iterator

import psycopg
import pytest
from django.conf import settings
from django.db import connections
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django.plugin import DjangoDbBlocker

from tests import databases

hypothesis_settings.register_profile(
    "fast",
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
hypothesis_settings.register_profile("long", parent=hypothesis_settings.get_profile("fast"), max_examples=500)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fast"))


HEAVY = {"documents", "signing", "services"}  # folders whose tests print, sign and load a catalogue


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.relative_to(settings.BASE_DIR / "tests").parts[0] in HEAVY:
            item.add_marker("heavy")


@pytest.fixture(autouse=True)
def vietnamese() -> Iterator[None]:
    """A request leaves its language behind; the next test begins in the portal's own."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """This worker's own copy of the migrated template; replaces pytest-django's set-up, which knows one role only."""
    name = f"mc_test_{databases.RUN}_{databases.WORKER}"
    with django_db_blocker.unblock():
        databases.clone(databases.template(country=False), name)
        databases.point_to(name)
    yield
    with django_db_blocker.unblock():
        connections.close_all()


def _fresh(django_db_blocker: DjangoDbBlocker, *, country: bool, kind: str = "real") -> Iterator[str]:
    name = f"mc_test_{databases.RUN}_{databases.WORKER}_{kind}"
    before = str(connections["default"].settings_dict["NAME"])
    with django_db_blocker.unblock():
        databases.clone(databases.template(country=country), name)
        databases.point_to(name)
        try:
            yield name
        finally:
            connections.close_all()
            databases.point_to(before)
            databases.drop(name)


@pytest.fixture
def real_db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A database of its own with real commits: for triggers at commit, threads, and leaks between transactions."""
    yield from _fresh(django_db_blocker, country=False)


@pytest.fixture(scope="module")
def module_db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """As `real_db`, but one for all tests of a file, which must stand what the others leave behind."""
    yield from _fresh(django_db_blocker, country=False, kind="module")


@pytest.fixture
def country(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A database of its own with the whole country loaded; real commits."""
    yield from _fresh(django_db_blocker, country=True)


def _connect(kind: str) -> Iterator[psycopg.Connection]:
    name = str(connections["default"].settings_dict["NAME"])
    with psycopg.connect(databases.address(kind, name), autocommit=True) as connection:
        yield connection


@pytest.fixture
def owner(real_db: str) -> Iterator[psycopg.Connection]:
    """The owner of the tables, on the test's own database."""
    yield from _connect("owner")


@pytest.fixture
def superuser(real_db: str) -> Iterator[psycopg.Connection]:
    """A database superuser, for what nobody should be able to do unseen."""
    yield from _connect("superuser")


def pytest_sessionfinish(session: pytest.Session) -> None:
    if not hasattr(session.config, "workerinput") and "DATABASE_OWNER_URL" in os.environ:
        databases.drop_leftovers()
