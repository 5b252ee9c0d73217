"""The guarantees of the trail that other tables ask for, as operations of their migrations."""

import re

from django.db import migrations

NAME = re.compile(r"^[a-z_][a-z0-9_]{0,40}$")
SUBJECT = re.compile(r"^[a-z_]+\.[a-z_]+$")

GUARD = """
create function {table}_{column}_needs_event() returns trigger language plpgsql as $$
declare
  old_state text := case when tg_op = 'INSERT' then '' else old.{column}::text end;
begin
  if not exists (
    select 1 from public.events_event e
    where e.xact = pg_current_xact_id() and e.subject_id = new.{key}::text and e.subject_type = '{subject_type}'
      and e.before = old_state and e.after = new.{column}::text
  ) then
    raise exception '{subject_type} % went from "%" to "%" without an event of the same transaction.',
      new.{key}, old_state, new.{column} using errcode = 'integrity_constraint_violation',
      hint = 'Change a state through its operation, which calls portal.events.record().';
  end if;
  return null;
end $$;
create constraint trigger {table}_{column}_born after insert on {table}
  deferrable initially deferred for each row execute function {table}_{column}_needs_event();
create constraint trigger {table}_{column}_moved after update on {table}
  deferrable initially deferred for each row when (old.{column} is distinct from new.{column})
  execute function {table}_{column}_needs_event();
"""
UNGUARD = """
drop trigger {table}_{column}_moved on {table};
drop trigger {table}_{column}_born on {table};
drop function {table}_{column}_needs_event();
"""


def guard_state(table: str, subject_type: str, column: str = "state", *, key: str = "id") -> list[migrations.RunSQL]:
    """Refuse, at commit, a state that changed or was born without its event: `operations = [..., *guard_state(...)]`.

    The event must be of the same transaction and name the same subject (`subject_type`, the key as text), `before`
    (empty at birth) and `after`. The migration depends on ("events", "0002_evidence").
    """
    for name in (table, column, key):
        if not NAME.match(name):
            raise ValueError(f"{name!r} is no plain name of a table or column.")
    if not SUBJECT.match(subject_type):
        raise ValueError(f"{subject_type!r} is no subject type such as services.dossier.")
    names = {"table": table, "column": column, "key": key, "subject_type": subject_type}
    return [migrations.RunSQL(GUARD.format(**names), UNGUARD.format(**names))]


def append_only(table: str) -> migrations.RunSQL:
    """Refuse UPDATE, DELETE and TRUNCATE, to the owner too. The migration depends on ("events", "0002_evidence")."""
    if not NAME.match(table):
        raise ValueError(f"{table!r} is no plain name of a table.")
    return migrations.RunSQL(
        f"create trigger {table}_no_change before update or delete on {table} "
        "for each row execute function events_append_only();"
        f"create trigger {table}_no_truncate before truncate on {table} "
        "for each statement execute function events_append_only();",
        f"drop trigger {table}_no_truncate on {table}; drop trigger {table}_no_change on {table};",
    )
