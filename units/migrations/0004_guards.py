"""History is written by acts only, and never rewritten. The triggers hold for every role, the owner of the tables included."""

from django.db import migrations

from portal.isolation.sql import revoke

# Units, versions, codes and successions come in while their act is signed or scheduled, and not a day later.
NEEDS_OPEN_ACT = """
create function units_needs_open_act() returns trigger language plpgsql as $sql$
declare settled text;
begin
  if tg_table_name = 'units_unit' then
    select act.legal_no into settled from added join units_reorg_event act on act.id = added.created_by_event_id
     where act.state not in ('signed', 'scheduled') limit 1;
  elsif tg_table_name = 'units_unit_code' then
    select added.code into settled from added
     where not exists (select from units_reorg_event act
                        where act.state in ('signed', 'scheduled') and act.effective_on = lower(added.valid)) limit 1;
  else
    select act.legal_no into settled from added join units_reorg_event act on act.id = added.event_id
     where act.state not in ('signed', 'scheduled') limit 1;
  end if;
  if settled is not null then
    raise exception 'no signed or scheduled act stands behind the new rows of % (%)', tg_table_name, settled
      using errcode = 'restrict_violation', hint = 'Enter an act and let it take effect.';
  end if;
  return null;
end $sql$"""

# Of a version and a code only the open end may be closed, once, on the day on which an act takes effect.
ONLY_CLOSES = """
create function units_only_closes() returns trigger language plpgsql as $sql$
declare free text[] := '{valid,closed_by_id,sort_key,search_name,search_full}'; -- generated columns are not filled in yet
begin
  if upper(old.valid) is not null or upper(new.valid) is null or lower(new.valid) is distinct from lower(old.valid)
     or (to_jsonb(new) - free) is distinct from (to_jsonb(old) - free) then
    raise exception 'a row of % is history: only its open end may be closed', tg_table_name
      using errcode = 'restrict_violation', hint = 'Write a new row from the day of the change.';
  end if;
  if not exists (select from units_reorg_event act where act.state in ('signed', 'scheduled')
                    and act.effective_on = upper(new.valid)
                    and (tg_table_name = 'units_unit_code' or act.id = (to_jsonb(new) ->> 'closed_by_id')::bigint)) then
    raise exception 'no signed or scheduled act ends % on %', tg_table_name, upper(new.valid)
      using errcode = 'restrict_violation', hint = 'Enter an act and let it take effect.';
  end if;
  return new;
end $sql$"""

APPEND_ONLY = """
create function units_append_only() returns trigger language plpgsql as $sql$
begin
  raise exception 'rows of % are never changed or deleted', tg_table_name using errcode = 'restrict_violation';
end $sql$"""

# An act that was signed keeps what it says; afterwards only its state moves and its day gets confirmed.
ACT_KEEPS_ITS_WORD = """
create function units_act_keeps_its_word() returns trigger language plpgsql as $sql$
begin
  if old.state in ('signed', 'scheduled', 'effective', 'corrected')
     and (to_jsonb(new) - 'state' - 'effective_on_confirmed' - 'note')
         is distinct from (to_jsonb(old) - 'state' - 'effective_on_confirmed' - 'note') then
    raise exception 'act % is signed: it says what it says', old.legal_no
      using errcode = 'restrict_violation', hint = 'Correct it by another act.';
  end if;
  return new;
end $sql$"""

CHANGES_KEEP = """
create function units_changes_keep() returns trigger language plpgsql as $sql$
declare state_of_act text;
begin
  select state into state_of_act from units_reorg_event
   where id = (case when tg_op = 'DELETE' then old.event_id else new.event_id end);
  if state_of_act in ('effective', 'corrected') or (tg_op <> 'INSERT' and state_of_act <> 'draft') then
    raise exception 'the rows of an act that is % are never changed', state_of_act using errcode = 'restrict_violation';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $sql$"""

ADDED = ["units_unit", "units_unit_version", "units_unit_code", "units_succession"]
CLOSED = ["units_unit_version", "units_unit_code"]
KEPT = ["units_unit", "units_succession", "units_unit_version_log"]
ALL = [*ADDED, "units_unit_version_log", "units_reorg_event", "units_reorg_change"]


def function(sql: str) -> migrations.RunSQL:
    name = sql.split("create function ")[1].split(" returns")[0]
    return migrations.RunSQL([(sql, None)], f"drop function {name}")


def trigger(name: str, table: str, when: str, call: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"create trigger {name} {when} execute function {call}()", f"drop trigger {name} on {table}"
    )


class Migration(migrations.Migration):
    dependencies = [("units", "0003_temporal"), ("isolation", "0001_scope")]
    operations = [
        function(NEEDS_OPEN_ACT),
        function(ONLY_CLOSES),
        function(APPEND_ONLY),
        function(ACT_KEEPS_ITS_WORD),
        function(CHANGES_KEEP),
        *[
            trigger(
                "needs_open_act",
                table,
                f"after insert on {table} referencing new table as added for each statement",
                "units_needs_open_act",
            )
            for table in ADDED
        ],
        *[
            trigger("only_closes", table, f"before update on {table} for each row", "units_only_closes")
            for table in CLOSED
        ],
        *[
            trigger("no_change", table, f"before update on {table} for each row", "units_append_only")
            for table in KEPT
        ],
        *[
            trigger("no_delete", table, f"before delete on {table} for each row", "units_append_only")
            for table in [*ADDED, "units_unit_version_log", "units_reorg_event"]
        ],
        *[
            trigger("no_truncate", table, f"before truncate on {table} for each statement", "units_append_only")
            for table in ALL
        ],
        trigger(
            "keeps_its_word",
            "units_reorg_event",
            "before update on units_reorg_event for each row",
            "units_act_keeps_its_word",
        ),
        trigger(
            "changes_keep",
            "units_reorg_change",
            "before insert or update or delete on units_reorg_change for each row",
            "units_changes_keep",
        ),
        *[revoke(table, "update", "delete", "truncate") for table in KEPT],
        *[revoke(table, "update", "delete", "truncate") for table in CLOSED],
        revoke("units_reorg_event", "delete", "truncate"),
        revoke("units_reorg_change", "truncate"),
        migrations.RunSQL(
            """grant update (valid, closed_by_id) on units_unit_version to mc_app;
               grant update (valid) on units_unit_code to mc_app""",
            """revoke update (valid, closed_by_id) on units_unit_version from mc_app;
               revoke update (valid) on units_unit_code from mc_app""",
        ),
        # A load or an act must be followed by ANALYZE, or the planner misjudges `valid @> day` tenfold until autovacuum comes by.
        *[
            migrations.RunSQL(f"grant maintain on {table} to mc_app", f"revoke maintain on {table} from mc_app")
            for table in ADDED
        ],
    ]
