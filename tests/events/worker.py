"""The portal's Celery application and commands with the tests' handler: what a fault test starts."""

import sys

import django
from django.core.management import call_command

from portal.celery import app


def set_up() -> None:
    from portal.events import subscribe  # models are ready only after django.setup()
    from tests.events.handlers import TOPIC, count  # same

    subscribe(TOPIC, count)


django.setup()
set_up()

__all__ = ["app"]

if __name__ == "__main__":
    call_command(*sys.argv[1:])
