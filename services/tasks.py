"""What the workers run for dossiers; may run twice."""

from celery import shared_task
from django.utils import timezone

from services import batch_prints, covering, deadlines, money_jobs, petition_deadlines, reminders, retention


@shared_task  # type: ignore[untyped-decorator]  # Celery carries no types
def alert_desks() -> None:
    deadlines.alert(now=timezone.now())


@shared_task  # type: ignore[untyped-decorator]  # the same
def let_silence_agree() -> None:
    deadlines.let_silence_agree(now=timezone.now())


@shared_task  # type: ignore[untyped-decorator]  # the same
def watch_questions() -> None:
    deadlines.remind_of_questions(now=timezone.now())
    deadlines.tell_of_late_opinions(now=timezone.now())


@shared_task  # type: ignore[untyped-decorator]  # the same
def watch_due_moments() -> None:
    deadlines.let_extensions_lapse(now=timezone.now())
    deadlines.warn(now=timezone.now())
    deadlines.tell_of_late_corrections(now=timezone.now())


@shared_task  # type: ignore[untyped-decorator]  # the same
def expire_supplements() -> None:
    deadlines.expire(now=timezone.now())


@shared_task  # type: ignore[untyped-decorator]  # the same
def remind() -> None:
    reminders.of_supplements(now=timezone.now())
    reminders.of_low_ratings(now=timezone.now())


@shared_task  # type: ignore[untyped-decorator]  # the same
def drop_drafts() -> None:
    retention.drop_drafts(now=timezone.now())
    retention.drop_visits(now=timezone.now())
    retention.carry_out_rules(now=timezone.now())


@shared_task  # type: ignore[untyped-decorator]  # the same
def end_tickets() -> None:
    deadlines.end_tickets(now=timezone.now())


@shared_task  # type: ignore[untyped-decorator]  # the same
def look_after_payments() -> None:
    now = timezone.now()
    money_jobs.look_up_orders(now=now)
    money_jobs.tell_of_late_money(now=now)


@shared_task  # type: ignore[untyped-decorator]  # the same
def compare_payments() -> None:
    money_jobs.compare_days(now=timezone.now())


@shared_task  # type: ignore[untyped-decorator]  # the same
def watch_petitions() -> None:
    petition_deadlines.note_breaches(now=timezone.now())
    petition_deadlines.lapse(now=timezone.now())


@shared_task  # type: ignore[untyped-decorator]  # the same
def cover_absent() -> None:
    covering.go_over(now=timezone.now())


@shared_task  # type: ignore[untyped-decorator]  # the same
def drop_prints() -> None:
    batch_prints.drop_old(now=timezone.now())
