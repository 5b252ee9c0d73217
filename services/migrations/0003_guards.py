"""A published version is history: no second one on its days, no change to it, and only its open end may be closed."""

from django.db import migrations

from portal.events.sql import append_only

# Generated columns are not filled in yet when the trigger runs. Everyday words only help to find, and may change.
ONLY_CLOSES = """
create function services_version_only_closes() returns trigger language plpgsql as $sql$
declare free text[] := '{valid,words,life_events,sort_key,search_name,search_words}';
begin
  if tg_op = 'DELETE' then
    raise exception 'versions of procedures are never deleted' using errcode = 'restrict_violation';
  end if;
  if (to_jsonb(new) - free) is distinct from (to_jsonb(old) - free)
     or (new.valid <> old.valid and (upper(old.valid) is not null or upper(new.valid) is null
         or lower(new.valid) is distinct from lower(old.valid))) then
    raise exception 'a version of a procedure is history: only its open end may be closed'
      using errcode = 'restrict_violation', hint = 'Publish a new version from the day of the change.';
  end if;
  return new;
end $sql$"""


class Migration(migrations.Migration):
    dependencies = [("services", "0002_catalogue"), ("events", "0002_evidence")]
    operations = [
        migrations.RunSQL(
            """alter table services_procedure_version add constraint procedure_version_no_overlap
               unique (procedure_id, valid without overlaps)""",
            "alter table services_procedure_version drop constraint procedure_version_no_overlap",
        ),
        migrations.RunSQL([(ONLY_CLOSES, None)], "drop function services_version_only_closes()"),
        migrations.RunSQL(
            "create trigger services_version_only_closes before update or delete on services_procedure_version "
            "for each row execute function services_version_only_closes()",
            "drop trigger services_version_only_closes on services_procedure_version",
        ),
        append_only("services_procedure"),
        append_only("services_declaration_form"),
    ]
