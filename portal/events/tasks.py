"""What the workers run: ids in, one call. Every task may run twice."""

import uuid
from collections.abc import Callable
from typing import ParamSpec, cast

from celery import shared_task
from django.utils import timezone

from portal.events import delivering, housekeeping, sealing

P = ParamSpec("P")


def task(work: Callable[P, None]) -> Callable[P, None]:
    """Celery's decorator, which carries no types."""
    return cast("Callable[P, None]", shared_task(work))


@task
def deliver(delivery_id: str) -> None:
    delivering.deliver(uuid.UUID(delivery_id), clock=timezone.now)


@task
def tick(queue: str) -> None:
    housekeeping.note_tick(queue, now=timezone.now())


@task
def seal() -> None:
    sealing.seal(now=timezone.now())


@task
def purge() -> None:
    housekeeping.purge(now=timezone.now())
