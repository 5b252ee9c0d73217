"""What the workers run for the API; may run twice."""

from celery import shared_task
from django.utils import timezone

from portal.api import idempotency


@shared_task  # type: ignore[untyped-decorator]  # Celery carries no types
def purge() -> None:
    idempotency.purge(now=timezone.now())
