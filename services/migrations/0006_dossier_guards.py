"""What no deed may get around: states with their events, a clock that only grows, and rows that only their people see.

A dossier is seen by the units that have a part in it, its owner and its filer; what belongs to it, by whoever sees it.
Notes among officers are seen by the units alone.
"""

from django.db import migrations

from portal.events.sql import append_only, guard_state
from portal.isolation.scopes import Purpose
from portal.isolation.sql import by_citizen, by_unit, enable_rls, for_purpose, policy, revoke

UNITS = " or ".join(
    by_unit(column) for column in ("responsible_unit_id", "receiving_unit_id", "competent_unit_id", "returning_unit_id")
)
WORK = for_purpose(
    Purpose.DEADLINES, Purpose.STATISTICS, Purpose.REORGANISATION, Purpose.BACKFILL, Purpose.RETENTION, Purpose.DEMO
)
DOSSIER = f"{UNITS} or {by_citizen('owner_id')} or {by_citizen('filer_id')} or {WORK}"
DRAFT = f"{by_citizen('writer_id')} or {for_purpose(Purpose.RETENTION, Purpose.BACKFILL, Purpose.DEMO)}"
OF_DOSSIER = (
    "clockentry", "component", "handover", "message", "printedform", "rating", "supplement", "workitem",
)  # fmt: skip
BEHIND = {"attachment": ("component", "component_id"), "supplementitem": ("supplement", "supplement_id")}


def _seen(table: str) -> str:
    return f"exists (select 1 from services_dossier d where d.id = services_{table}.dossier_id)"


def _behind(table: str) -> str:
    above, column = BEHIND[table]
    return f"exists (select 1 from services_{above} a where a.id = services_{table}.{column})"


NOTE = (
    "exists (select 1 from services_dossier d where d.id = services_note.dossier_id and ("
    + " or ".join(by_unit(f"d.{name}_unit_id") for name in ("responsible", "receiving", "competent", "returning"))
    + f" or {WORK}))"
)


class Migration(migrations.Migration):
    dependencies = [("services", "0005_dossiers"), ("events", "0002_evidence"), ("isolation", "0001_scope")]
    operations = [
        *guard_state("services_dossier", "services.dossier"),
        *guard_state("services_workitem", "services.workitem"),
        *guard_state("services_supplement", "services.supplement"),
        append_only("services_clockentry"),
        enable_rls("services_dossier"),
        policy("services_dossier", using=f"{DOSSIER} or {for_purpose(Purpose.LOOK_UP)}", command="select"),
        policy("services_dossier", check=DOSSIER, command="insert"),
        policy("services_dossier", using=DOSSIER, check="true", command="update"),
        revoke("services_dossier", "delete"),
        enable_rls("services_draft"),
        policy("services_draft", using=DRAFT),
        *(step for table in OF_DOSSIER for step in (enable_rls(f"services_{table}"), policy(f"services_{table}", using=_seen(table)))),
        *(step for table in BEHIND for step in (enable_rls(f"services_{table}"), policy(f"services_{table}", using=_behind(table)))),
        enable_rls("services_note"),
        policy("services_note", using=NOTE),
        *(revoke(f"services_{table}", "delete") for table in (*OF_DOSSIER, *BEHIND, "note")),
    ]
