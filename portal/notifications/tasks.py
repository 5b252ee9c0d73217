"""What the workers run for notifications; may run twice."""

from celery import shared_task
from django.utils import timezone

from portal.events.actors import System
from portal.notifications.operations import sending


@shared_task  # type: ignore[untyped-decorator]  # Celery carries no types
def forget_old() -> None:
    sending.forget_old(actor=System.SCHEDULE, now=timezone.now())
