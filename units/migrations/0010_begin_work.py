"""New work at units: the locks that let it and acts wait for each other, and which of the units take no new work.

A volatile function, since each statement in it sees what was committed while the ones before waited.
"""

from django.db import migrations

# A unit that a scheduled act ends without successor takes none either: nobody would be there for it.
BEGIN_WORK = """
create function unit_begin_work(units bigint[], day date) returns bigint[] language plpgsql volatile as $sql$
begin
  perform pg_advisory_xact_lock_shared(hashtextextended('units.work', 0)),
          pg_advisory_xact_lock_shared(hashtextextended('units.work:' || unit, 0)) from unnest(units) as unit;
  return array(
    select unit from unnest(units) as unit
     where not exists (
       select from units_unit_version version
        where version.unit_id = unit and version.valid @> day
          and (upper_inf(version.valid)
               or exists (select from units_unit_version later
                           where later.unit_id = unit and lower(later.valid) > day)
               or exists (select from units_succession edge
                           where edge.old_id = unit and edge.event_id = version.closed_by_id)))
     order by unit);
end $sql$"""


class Migration(migrations.Migration):
    dependencies = [("units", "0009_taken_over")]
    operations = [migrations.RunSQL(BEGIN_WORK, "drop function unit_begin_work(bigint[], date)")]
