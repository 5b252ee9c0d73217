"""A post or an assignment may last past the day on which a scheduled act ends its unit.

Such an end is a plan: on the day the act itself hands people on, and until then it may be withdrawn. Rows that were
cut at a planned end would be left behind on that day, or end though the unit lives on. What begins at a unit begins
while it lives; only an act may lead a plan for later days to a unit that a second act ends before them.
"""

from django.db import migrations

from portal.isolation.scopes import Purpose
from portal.isolation.sql import for_purpose

FUNCTION = """
create or replace function staff_unit_alive() returns trigger language plpgsql as $$
declare lived datemultirange; lives datemultirange;
begin
    if tg_op = 'UPDATE' and new.unit_id = old.unit_id and new.valid <@ old.valid then
        return new;
    end if;
    perform from units_unit_version where unit_id = new.unit_id and valid && new.valid for key share;
    select range_agg(v.valid),
           range_agg(case when act.state = 'scheduled' then daterange(lower(v.valid), null) else v.valid end)
      into lived, lives
      from units_unit_version v left join units_reorg_event act on act.id = v.closed_by_id
     where v.unit_id = new.unit_id;
    if lives is null or not lives @> new.valid
       or not (lived @> lower(new.valid) or coalesce({by_act}, false)) then
        raise exception 'unit % does not exist on all days of %', new.unit_id, new.valid
            using errcode = 'foreign_key_violation', constraint = tg_name, table = tg_table_name;
    end if;
    return new;
end $$
""".format(by_act=for_purpose(Purpose.REORGANISATION))
BEFORE = """
create or replace function staff_unit_alive() returns trigger language plpgsql as $$
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


class Migration(migrations.Migration):
    dependencies = [("staff", "0004_unit_alive"), ("units", "0008_acts")]
    operations = [migrations.RunSQL(FUNCTION, BEFORE)]
