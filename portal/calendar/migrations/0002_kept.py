"""Nothing is deleted, and of a row that is written only its retirement is set later; the journal takes rows and nothing else."""

from django.db import migrations

from portal.events.sql import append_only
from portal.isolation.sql import revoke

TABLES = ["calendar_day", "calendar_office_hours", "calendar_unit_closure", "calendar_setting"]


def retire_only(table):
    return [
        revoke(table, "update", "delete", "truncate"),
        migrations.RunSQL(
            f"grant update (retired_at, retired_by) on {table} to mc_app",
            f"revoke update (retired_at, retired_by) on {table} from mc_app",
        ),
    ]


class Migration(migrations.Migration):
    dependencies = [("calendar", "0001_tables"), ("events", "0002_evidence"), ("isolation", "0001_scope")]

    operations = [
        *(operation for table in TABLES for operation in retire_only(table)),
        append_only("calendar_change"),
        revoke("calendar_change", "update", "delete", "truncate"),
    ]
