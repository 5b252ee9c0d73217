"""Which units that ended a unit answers for now: asked with the rights of an officer, in the same statement."""

from django.db import migrations

# Only acts that were scheduled here handed work over; those that were loaded ended units that never held any.
TAKEN_OVER = """
create function unit_taken_over(units bigint[], day date) returns bigint[] language sql stable parallel safe as $$
  with recursive taken (unit_id) as (
    select edge.old_id from units_succession edge
      join units_reorg_event act on act.id = edge.event_id
     where edge.new_id = any (units) and (edge.kind = 'whole' or edge.is_default)
       and act.state = 'effective' and cardinality(act.authors) > 0
       and act.effective_on <= day
    union
    select edge.old_id from taken join units_succession edge on edge.new_id = taken.unit_id
      join units_reorg_event act on act.id = edge.event_id
     where (edge.kind = 'whole' or edge.is_default) and act.state = 'effective' and cardinality(act.authors) > 0
       and act.effective_on <= day
  )
  select coalesce(array_agg(unit_id order by unit_id), '{}') from taken
$$
"""


class Migration(migrations.Migration):
    dependencies = [("units", "0008_acts")]
    operations = [migrations.RunSQL(TAKEN_OVER, "drop function unit_taken_over(bigint[], date)")]
