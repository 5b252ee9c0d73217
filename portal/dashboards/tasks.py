"""What the workers run for the figures; may run twice."""

from celery import shared_task
from django.utils import timezone

from portal.dashboards.operations.refreshing import refresh as catch_up
from portal.events.actors import System


@shared_task  # type: ignore[untyped-decorator]  # Celery carries no types
def refresh() -> None:
    catch_up(actor=System.SCHEDULE, now=timezone.now())
