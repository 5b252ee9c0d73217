"""What a reorganisation may touch: the units of open work, and nothing else of a row that is closed to changes."""

from django.db import migrations

from portal.isolation.scopes import Purpose
from portal.isolation.sql import for_purpose, policy

COLUMNS = {
    "services_consultation": "unit_id, asking_unit_id",
    "services_refund": "unit_id",
    "services_petitionclock": "unit_id",
    "services_ratingreply": "unit_id",
}


def _columns(table: str, columns: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"grant update ({columns}) on {table} to mc_app", f"revoke update ({columns}) on {table} from mc_app"
    )


class Migration(migrations.Migration):
    dependencies = [("services", "0022_files"), ("isolation", "0001_scope")]
    operations = [
        policy(
            "services_draft",
            using=for_purpose(Purpose.REORGANISATION),
            command="all",
            name="services_draft_reorganisation",
        ),
        *(_columns(table, columns) for table, columns in COLUMNS.items()),
    ]
