"""Every schedule of the portal. A task named here may run twice, and catches up by itself after a stop."""

from typing import Any

from celery.schedules import crontab

SCHEDULE: dict[str, dict[str, Any]] = {
    "let reorganisations take effect": {
        "task": "units.tasks.run_due_acts",
        "schedule": 60.0,
        "options": {"expires": 50},
    },
    "seal the trail": {"task": "portal.events.tasks.seal", "schedule": 60.0, "options": {"expires": 50}},
    "purge deliveries": {"task": "portal.events.tasks.purge", "schedule": crontab(hour="2", minute="10")},
    "sweep files": {"task": "documents.tasks.sweep_files", "schedule": crontab(hour="2", minute="40")},
    "scan files again": {"task": "documents.tasks.scan_again", "schedule": crontab(minute="25")},
    "clear unfinished uploads": {"task": "documents.tasks.clear_old_uploads", "schedule": crontab(minute="50")},
    "clear old sessions": {"task": "portal.accounts.tasks.clear_sessions", "schedule": crontab(hour="2", minute="20")},
    "clear old access tokens": {"task": "portal.accounts.tasks.clear_tokens", "schedule": crontab(minute="25")},
    "tell desks of dossiers": {"task": "services.tasks.alert_desks", "schedule": 300.0, "options": {"expires": 290}},
    "go on with drafts that nobody answered": {
        "task": "services.tasks.let_silence_agree",
        "schedule": 300.0,
        "options": {"expires": 290},
    },
    "remind of questions to other units": {
        "task": "services.tasks.watch_questions",
        "schedule": 300.0,
        "options": {"expires": 290},
    },
    "warn of due moments": {
        "task": "services.tasks.watch_due_moments",
        "schedule": 300.0,
        "options": {"expires": 290},
    },
    "remind people and heads": {"task": "services.tasks.remind", "schedule": crontab(minute="20")},
    "close what was not supplemented": {
        "task": "services.tasks.expire_supplements",
        "schedule": crontab(hour="0", minute="15"),
    },
    "end numbers of yesterday": {"task": "services.tasks.end_tickets", "schedule": crontab(hour="0", minute="20")},
    "look after payments": {
        "task": "services.tasks.look_after_payments",
        "schedule": 300.0,
        "options": {"expires": 290},
    },
    "compare payments with the gateway": {
        "task": "services.tasks.compare_payments",
        "schedule": crontab(minute="*/30"),
    },
    "watch the limits of petitions": {"task": "services.tasks.watch_petitions", "schedule": crontab(minute="10")},
    "let others act for those who are away": {
        "task": "services.tasks.cover_absent",
        "schedule": 300.0,
        "options": {"expires": 290},
    },
    "remove what was put together for printing": {
        "task": "services.tasks.drop_prints",
        "schedule": crontab(minute="35"),
    },
    "drop drafts after their time": {"task": "services.tasks.drop_drafts", "schedule": crontab(minute="5")},
    "forget old notifications": {
        "task": "portal.notifications.tasks.forget_old",
        "schedule": crontab(hour="2", minute="50"),
    },
    "count statistics": {"task": "portal.dashboards.tasks.refresh", "schedule": 30.0, "options": {"expires": 25}},
    "purge kept answers": {"task": "portal.api.tasks.purge", "schedule": crontab(minute="35")},
}
