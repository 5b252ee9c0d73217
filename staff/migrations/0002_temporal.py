"""PostgreSQL's temporal keys, and row-level security of people.

A referenced key must not be deferrable; the PERIOD keys are, because a move ends one row before it begins the next.
"""

from django.db import migrations

from portal.isolation.scopes import Purpose
from portal.isolation.sql import by_citizen, by_unit, enable_rls, for_purpose, policy, revoke

KEYS = [
    ("staff_post", "post_period", "unique (id, unit_id, valid without overlaps)"),
    ("staff_assignment", "assignment_period", "unique (id, valid without overlaps)"),
    (
        "staff_assignment",
        "assignment_inside_post",
        "foreign key (post_id, unit_id, period valid) references staff_post (id, unit_id, period valid)"
        " deferrable initially immediate",
    ),
    (
        "staff_delegation",
        "delegation_inside_giver",
        "foreign key (giver_id, period valid) references staff_assignment (id, period valid)"
        " deferrable initially immediate",
    ),
    (
        "staff_delegation",
        "delegation_inside_taker",
        "foreign key (taker_id, period valid) references staff_assignment (id, period valid)"
        " deferrable initially immediate",
    ),
]
# Assignments say where somebody works, which is published (NĐ 118/2025 Đ.9.8); who they are stands in staff_person alone.
COLLEAGUES = f"exists (select 1 from staff_assignment a where a.person_id = staff_person.id and {by_unit('a.unit_id')})"
OWN = by_citizen("user_id")
WORK = for_purpose(Purpose.BACKFILL, Purpose.DEMO)


class Migration(migrations.Migration):
    dependencies = [("staff", "0001_tables"), ("isolation", "0001_scope"), ("units", "0003_temporal")]
    operations = [
        *(
            migrations.RunSQL(
                f"alter table {table} add constraint {name} {rule}", f"alter table {table} drop constraint {name}"
            )
            for table, name, rule in KEYS
        ),
        enable_rls("staff_person"),
        policy("staff_person", command="select", using=f"{OWN} or {COLLEAGUES} or {for_purpose(Purpose.DIRECTORY)} or {WORK}"),
        policy("staff_person", command="insert", check=f"cardinality((select mc_units())) > 0 or {WORK}"),
        policy("staff_person", command="update", using=f"{COLLEAGUES} or {WORK}", check=f"{COLLEAGUES} or {WORK}"),
        revoke("staff_person", "delete"),
        revoke("staff_post", "delete"),
        revoke("staff_assignment", "delete"),
    ]
