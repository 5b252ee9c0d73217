"""The database of the browser tests, and the running portal for scripts that are no tests."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django

from tests.browser.running import Running, portal_running


def make_database(name: str) -> None:
    """The whole country, committed. The demo's people come with the portal that starts on it."""
    from tests import databases  # reads Django's settings, which scripts have only after setup()

    databases.clone(databases.template(country=True), name)


@contextmanager
def portal_for_script() -> Iterator[Running]:
    """A portal of its own, gone afterwards. Needs the addresses of the services in the environment, as tests do."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
    django.setup()
    from tests import databases  # as above

    name = f"mc_test_{databases.RUN}_script"
    make_database(name)
    try:
        with tempfile.TemporaryDirectory() as folder, portal_running(name, Path(folder)) as running:
            yield running
    finally:
        databases.drop_leftovers()
