"""What the workers run for documents; may run twice."""

from celery import shared_task
from django.utils import timezone

from documents import sweeping
from documents.operations.partial import clear_uploads
from documents.scanning import waiting
from portal.events.actors import System


@shared_task  # type: ignore[untyped-decorator]  # Celery carries no types
def sweep_files() -> None:
    sweeping.release_contents(now=timezone.now())
    sweeping.sweep(now=timezone.now())


@shared_task  # type: ignore[untyped-decorator]  # the same
def scan_again() -> None:
    waiting.order_again(now=timezone.now())


@shared_task  # type: ignore[untyped-decorator]  # the same
def clear_old_uploads() -> None:
    clear_uploads(actor=System.SCHEDULE, now=timezone.now())
