"""What the workers run for units; may run twice."""

from celery import shared_task
from django.utils import timezone

from portal.events.actors import System
from units import operations


@shared_task  # type: ignore[untyped-decorator]  # Celery carries no types
def run_due_acts() -> None:
    """Every minute: an act waits at most so long after midnight, or after the portal was away."""
    operations.run_due_acts(actor=System.REORGANISATION, now=timezone.now())
    operations.gather(actor=System.REORGANISATION, now=timezone.now())
