"""What the workers run for accounts; may run twice."""

from django.utils import timezone

from portal.accounts import operations
from portal.events.tasks import task


@task
def clear_sessions() -> None:
    operations.clear_sessions(now=timezone.now())
