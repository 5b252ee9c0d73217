"""PostgreSQL 18's temporal keys, which Django has no words for.

The unique keys must not be deferrable, or the PERIOD key could not refer to them; the PERIOD key may be, and a merger needs it to be.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("units", "0002_tables")]
    operations = [
        migrations.RunSQL(
            """alter table units_unit_version add constraint unit_version_no_overlap
               unique (unit_id, valid without overlaps)""",
            "alter table units_unit_version drop constraint unit_version_no_overlap",
        ),
        migrations.RunSQL(
            """alter table units_unit_version add constraint unit_version_parent_alive
               foreign key (parent_id, period valid) references units_unit_version (unit_id, period valid)
               deferrable initially immediate""",
            "alter table units_unit_version drop constraint unit_version_parent_alive",
        ),
        migrations.RunSQL(
            """alter table units_unit_code add constraint unit_code_once
               unique (scheme, level, code, valid without overlaps)""",
            "alter table units_unit_code drop constraint unit_code_once",
        ),
        migrations.RunSQL(
            """alter table units_unit_code add constraint unit_code_unit_level
               foreign key (unit_id, level) references units_unit (id, level)""",
            "alter table units_unit_code drop constraint unit_code_unit_level",
        ),
    ]
