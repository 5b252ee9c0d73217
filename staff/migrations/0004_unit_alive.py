"""Nobody gets a post or an assignment on a day on which the unit does not exist.

A PERIOD key to the versions of units would also forbid that a reorganisation ends a unit while somebody still holds a
post there, and people move by a decision of their own, later. So what is written is checked, when it is written; days
may always be taken away. The share lock on the versions lets no reorganisation pass between the check and the commit.
"""

from django.db import migrations

FUNCTION = """
create function staff_unit_alive() returns trigger language plpgsql as $$
declare lived datemultirange;
begin
    if tg_op = 'UPDATE' and new.unit_id = old.unit_id and new.valid <@ old.valid then
        return new;
    end if;
    perform from units_unit_version where unit_id = new.unit_id and valid && new.valid for key share;
    select range_agg(valid) into lived from units_unit_version where unit_id = new.unit_id;
    if lived is null or not lived @> new.valid then
        raise exception 'unit % does not exist on all days of %', new.unit_id, new.valid
            using errcode = 'foreign_key_violation', constraint = tg_name, table = tg_table_name;
    end if;
    return new;
end $$
"""
TRIGGER = """
create constraint trigger {name} after insert or update of unit_id, valid on {table}
deferrable initially immediate for each row execute function staff_unit_alive()
"""


class Migration(migrations.Migration):
    dependencies = [("staff", "0003_sign_in"), ("units", "0003_temporal")]
    operations = [
        migrations.RunSQL(FUNCTION, "drop function staff_unit_alive()"),
        *(
            migrations.RunSQL(TRIGGER.format(name=name, table=table), f"drop trigger {name} on {table}")
            for name, table in (("post_unit_alive", "staff_post"), ("assignment_unit_alive", "staff_assignment"))
        ),
    ]
