"""How a seal gets into the database: by one function, one after the other. The application's role has no right to write the tables."""

from django.db import migrations

from portal.isolation.sql import policy

APPEND = """
create function events_append_seal(
  new_number bigint, new_at timestamptz, new_root bytea, new_units integer, new_previous bytea, new_hash bytea,
  new_key_id text, new_signature bytea, head_units bigint[], head_seqs bigint[], head_hashes bytea[]
) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  last_number bigint;
  last_hash bytea;
begin
  lock table events_seal in share row exclusive mode;
  select number, hash into last_number, last_hash from events_seal order by number desc limit 1;
  if new_number <> coalesce(last_number, 0) + 1
     or new_previous <> coalesce(last_hash, decode(repeat('00', 32), 'hex')) then
    raise exception 'Seal % does not follow seal %.', new_number, coalesce(last_number, 0)
      using errcode = 'restrict_violation';
  end if;
  insert into events_seal (number, at, root, units, previous_hash, hash, key_id, signature)
    values (new_number, new_at, new_root, new_units, new_previous, new_hash, new_key_id, new_signature);
  insert into events_sealedhead (seal_number, unit_id, seq, hash)
    select new_number, unit, seq, hash from unnest(head_units, head_seqs, head_hashes) as moved (unit, seq, hash);
end $$;
revoke execute on function events_append_seal(
  bigint, timestamptz, bytea, integer, bytea, bytea, text, bytea, bigint[], bigint[], bytea[]) from public;
grant execute on function events_append_seal(
  bigint, timestamptz, bytea, integer, bytea, bytea, text, bytea, bigint[], bigint[], bytea[]) to mc_app;
"""
DROP = """
drop function events_append_seal(
  bigint, timestamptz, bytea, integer, bytea, bytea, text, bytea, bigint[], bigint[], bytea[]);
"""


class Migration(migrations.Migration):
    dependencies = [("events", "0002_evidence")]
    operations = [
        migrations.RunSQL(APPEND, DROP),
        # whoever notes a late seal must see whether it was noted before
        policy(
            "events_event",
            name="events_event_seal",
            command="select",
            using="subject_type = 'events.seal' and (select mc_purpose()) = 'seal'",
        ),
    ]
