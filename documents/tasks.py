"""What the workers run for documents; may run twice."""

from celery import shared_task
from django.utils import timezone

from documents import sweeping
from documents.scanning import waiting


@shared_task  # type: ignore[untyped-decorator]  # Celery carries no types
def sweep_files() -> None:
    sweeping.sweep(now=timezone.now())


@shared_task  # type: ignore[untyped-decorator]  # the same
def scan_again() -> None:
    waiting.order_again(now=timezone.now())
