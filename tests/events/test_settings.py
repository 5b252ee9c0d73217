"""The order of Celery's limits, on which nothing being lost depends."""

from typing import Any

import pytest
from django.conf import settings

from portal.celery import app
from portal.events.delivering import LEASE
from portal.events.subscriptions import queues
from portal.schedule import SCHEDULE


def test_limits_lie_below_the_visibility_timeout() -> None:
    visible = settings.CELERY_VISIBILITY_TIMEOUT
    assert settings.CELERY_TASK_SOFT_TIME_LIMIT < settings.CELERY_TASK_TIME_LIMIT < visible
    assert settings.CELERY_TASK_TIME_LIMIT < LEASE.total_seconds() < visible
    assert settings.DELIVERY_RESEND_AFTER.total_seconds() >= settings.CELERY_TASK_TIME_LIMIT


def test_the_visibility_timeout_stands_in_all_three_places() -> None:
    assert app.conf.broker_transport_options["visibility_timeout"] == settings.CELERY_VISIBILITY_TIMEOUT
    assert app.conf.result_backend_transport_options["visibility_timeout"] == settings.CELERY_VISIBILITY_TIMEOUT
    assert app.conf["visibility_timeout"] == settings.CELERY_VISIBILITY_TIMEOUT


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("task_acks_late", True),
        ("task_reject_on_worker_lost", True),
        ("task_ignore_result", True),
        ("worker_prefetch_multiplier", 1),
        ("worker_enable_remote_control", True),
        ("worker_cancel_long_running_tasks_on_connection_loss", False),
        ("task_serializer", "json"),
        ("accept_content", ["json"]),
        ("worker_soft_shutdown_timeout", 30),
    ],
)
def test_celery_runs_as_the_recipe_says(name: str, value: Any) -> None:
    assert app.conf[name] == value


def test_every_queue_with_a_subscriber_is_served_by_the_worker() -> None:
    assert set(app.amqp.queues) >= set(queues())


def test_every_scheduled_task_exists() -> None:
    app.loader.import_default_modules()
    assert {entry["task"] for entry in SCHEDULE.values()} <= set(app.tasks)
