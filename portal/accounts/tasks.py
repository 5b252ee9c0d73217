"""What the workers run for accounts; may run twice."""

from celery import shared_task
from django.utils import timezone

from portal.accounts import operations


@shared_task  # type: ignore[untyped-decorator]  # Celery carries no types
def clear_sessions() -> None:
    operations.clear_sessions(now=timezone.now())


@shared_task  # type: ignore[untyped-decorator]  # as above
def clear_tokens() -> None:
    operations.clear_tokens(now=timezone.now())
