"""The portal's Celery application and commands, with the tests' handlers subscribed."""

import sys

import django

django.setup()

from django.core.management import call_command  # noqa: E402  after the set-up
from portal.celery import app  # noqa: E402  same
from portal.events import subscribe  # noqa: E402  same

from tests.events.handlers import TOPIC, count  # noqa: E402  same

subscribe(TOPIC, count)

__all__ = ["app"]

if __name__ == "__main__":
    call_command(*sys.argv[1:])
