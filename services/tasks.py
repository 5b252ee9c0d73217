"""What the workers run for dossiers; may run twice."""

from celery import shared_task
from django.utils import timezone

from services import deadlines, retention


@shared_task  # type: ignore[untyped-decorator]  # Celery carries no types
def alert_desks() -> None:
    deadlines.alert(now=timezone.now())


@shared_task  # type: ignore[untyped-decorator]  # the same
def let_silence_agree() -> None:
    deadlines.let_silence_agree(now=timezone.now())


@shared_task  # type: ignore[untyped-decorator]  # the same
def watch_due_moments() -> None:
    deadlines.let_extensions_lapse(now=timezone.now())
    deadlines.warn(now=timezone.now())


@shared_task  # type: ignore[untyped-decorator]  # the same
def expire_supplements() -> None:
    deadlines.expire(now=timezone.now())


@shared_task  # type: ignore[untyped-decorator]  # the same
def drop_drafts() -> None:
    retention.drop_drafts(now=timezone.now())
    retention.drop_visits(now=timezone.now())
