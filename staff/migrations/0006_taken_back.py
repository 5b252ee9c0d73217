"""An appointment that never began may be taken back. Its event keeps what was planned, and comes first."""

from django.db import migrations

GUARD = """
create function staff_assignment_goes() returns trigger language plpgsql as $$
begin
    if not exists (
        select from events_event where name = 'staff.assignment.taken_back' and subject_type = 'staff.assignment'
           and subject_id = old.id::text and xact = pg_current_xact_id()
    ) then
        raise exception 'An assignment is ended, never deleted; only one that never began is taken back.'
            using errcode = 'restrict_violation';
    end if;
    return old;
end $$;
create trigger staff_assignment_goes before delete on staff_assignment
  for each row execute function staff_assignment_goes();
grant delete on staff_assignment to mc_app;
"""
NONE = """
revoke delete on staff_assignment from mc_app;
drop trigger staff_assignment_goes on staff_assignment; drop function staff_assignment_goes();
"""


class Migration(migrations.Migration):
    dependencies = [("staff", "0005_follows"), ("events", "0002_evidence")]
    operations = [migrations.RunSQL(GUARD, NONE)]
