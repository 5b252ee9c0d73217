"""The Celery application: `celery -A portal.celery worker` and `celery -A portal.celery beat`."""

import os

from celery import Celery
from celery.signals import worker_init

from portal.schedule import SCHEDULE
from portal.warming import warm_worker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.base")

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.beat_schedule = SCHEDULE
app.autodiscover_tasks()
worker_init.connect(warm_worker)
