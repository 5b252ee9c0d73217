"""What the database itself promises about the trail: stamped, linked at commit, never changed (docs/trust.md)."""

from django.db import migrations

from portal.events.sql import append_only
from portal.isolation.scopes import Purpose
from portal.isolation.sql import by_citizen, by_unit, enable_rls, for_purpose, policy, revoke

CANONICAL = """
create function events_field(name text, value text) returns text language sql immutable parallel safe
  return name || coalesce(':' || octet_length(value) || ':' || value, ':-') || E'\\n';

create function events_utc(value timestamptz) returns text language sql immutable parallel safe
  return to_char(value at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');

create function events_canonical(e events_event) returns text language sql immutable parallel safe
  return E'mc.event.1\\n'
    || events_field('id', e.id::text) || events_field('name', e.name)
    || events_field('subject_type', e.subject_type) || events_field('subject_id', e.subject_id)
    || events_field('actor', e.actor) || events_field('on_behalf_of', e.on_behalf_of)
    || events_field('unit_id', e.unit_id::text)
    || events_field('before', e.before) || events_field('after', e.after)
    || events_field('facts', e.facts::text) || events_field('concerns', e.concerns::text)
    || events_field('request_id', e.request_id) || events_field('ip', text(e.ip))
    || events_field('at', events_utc(e.at)) || events_field('recorded_at', events_utc(e.recorded_at))
    || events_field('xact', e.xact::text);

create function events_content_hash(e events_event) returns bytea language sql immutable parallel safe
  return sha256('\\x00'::bytea || e.salt || convert_to(events_canonical(e), 'UTF8'));

create function events_link_hash(unit bigint, seq bigint, prev bytea, content bytea) returns bytea
  language sql immutable parallel safe
  return sha256('\\x01'::bytea || int8send(unit) || int8send(seq) || prev || content);
"""
DROP_CANONICAL = """
drop function events_link_hash(bigint, bigint, bytea, bytea);
drop function events_content_hash(events_event);
drop function events_canonical(events_event);
drop function events_utc(timestamptz);
drop function events_field(text, text);
"""

STAMP = """
create function events_stamp() returns trigger language plpgsql as $$
begin
  new.xact := pg_current_xact_id();
  new.recorded_at := clock_timestamp();
  -- two UUIDs hold 244 random bits; their digest gives 16 bytes of full strength
  new.salt := substr(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), 1, 16);
  return new;
end $$;
create trigger events_event_stamp before insert on events_event for each row execute function events_stamp();

create function events_index_concerns() returns trigger language plpgsql security definer
  set search_path = public, pg_temp as $$
begin
  insert into events_eventconcern (person, event_id) select distinct person, new.id from unnest(new.concerns) as person;
  return null;
end $$;
create trigger events_event_concerns after insert on events_event for each row
  when (cardinality(new.concerns) > 0) execute function events_index_concerns();
"""
DROP_STAMP = """
drop trigger events_event_concerns on events_event; drop function events_index_concerns();
drop trigger events_event_stamp on events_event; drop function events_stamp();
"""

LINK = """
create function events_link() returns trigger language plpgsql security definer
  set search_path = public, pg_temp as $$
declare
  one record;
  last_seq bigint;
  last_hash bytea;
  at_unit bigint;
begin
  if exists (select 1 from events_eventlink where event_id = new.id) then
    return null;
  end if;
  -- The first call at commit links every event of the transaction. Heads are locked here, as the last locks of the
  -- transaction and in ascending order of units, so that two commits can never wait for each other.
  for one in
    select coalesce(e.unit_id, 0) as unit, e.id, events_content_hash(e) as content from events_event e
    where e.xact = pg_current_xact_id() and not exists (select 1 from events_eventlink l where l.event_id = e.id)
    order by 1, 2
  loop
    if at_unit is distinct from one.unit then
      if at_unit is not null then
        update events_chainhead set seq = last_seq, hash = last_hash where unit_id = at_unit;
      end if;
      at_unit := one.unit;
      select h.seq, h.hash into last_seq, last_hash from events_chainhead h where h.unit_id = at_unit for update;
      if not found then
        insert into events_chainhead (unit_id, seq, hash) values (at_unit, 0, decode(repeat('00', 32), 'hex'))
          on conflict (unit_id) do nothing;
        select h.seq, h.hash into last_seq, last_hash from events_chainhead h where h.unit_id = at_unit for update;
      end if;
    end if;
    last_seq := last_seq + 1;
    insert into events_eventlink (unit_id, seq, event_id, content_hash, prev_hash, hash)
      values (at_unit, last_seq, one.id, one.content, last_hash,
              events_link_hash(at_unit, last_seq, last_hash, one.content))
      returning events_eventlink.hash into last_hash;
  end loop;
  if at_unit is not null then
    update events_chainhead set seq = last_seq, hash = last_hash where unit_id = at_unit;
  end if;
  return null;
end $$;
create constraint trigger events_event_link after insert on events_event
  deferrable initially deferred for each row execute function events_link();
"""
DROP_LINK = "drop trigger events_event_link on events_event; drop function events_link();"

HEADS_ONLY_GROW = """
create function events_head_grows() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.unit_id = old.unit_id and new.seq > old.seq then
    return new;
  end if;
  raise exception 'The head of a chain only moves forward.' using errcode = 'restrict_violation';
end $$;
create trigger events_chainhead_grows before update or delete on events_chainhead
  for each row execute function events_head_grows();
create trigger events_chainhead_stays before truncate on events_chainhead
  for each statement execute function events_append_only();
"""
DROP_HEADS = """
drop trigger events_chainhead_stays on events_chainhead;
drop trigger events_chainhead_grows on events_chainhead; drop function events_head_grows();
"""

APPEND_ONLY = """
create function events_append_only() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only: % is refused.', tg_table_name, tg_op using errcode = 'restrict_violation';
end $$;
"""

OF_THIS_TRANSACTION = "xact = pg_current_xact_id()"
WATCHERS = for_purpose(
    Purpose.VERIFY, Purpose.RELAY, Purpose.OPERATIONS, Purpose.STATISTICS, Purpose.REORGANISATION, Purpose.RETENTION
)
READERS = (
    f"{by_unit()} or (select mc_citizen()) = any (concerns) or {OF_THIS_TRANSACTION} or {WATCHERS}"
)
# An officer writes into the chains of their own units; a citizen's deed concerns the unit they turn to.
WRITERS = f"unit_id is null or {by_unit()} or (select mc_citizen()) is not null or (select mc_purpose()) is not null"
RELAY = for_purpose(Purpose.RELAY, Purpose.OPERATIONS, Purpose.RETENTION)


class Migration(migrations.Migration):
    dependencies = [("events", "0001_trail"), ("isolation", "0001_scope")]

    operations = [
        migrations.RunSQL(CANONICAL, DROP_CANONICAL),
        migrations.RunSQL(STAMP, DROP_STAMP),
        migrations.RunSQL(LINK, DROP_LINK),
        migrations.RunSQL(APPEND_ONLY, "drop function events_append_only()"),
        append_only("events_event"),
        append_only("events_eventlink"),
        append_only("events_eventconcern"),
        append_only("events_seal"),
        append_only("events_sealedhead"),
        migrations.RunSQL(HEADS_ONLY_GROW, DROP_HEADS),
        revoke("events_event", "update", "delete"),
        *(
            revoke(table, "insert", "update", "delete")
            for table in (
                "events_eventlink",
                "events_eventconcern",
                "events_chainhead",
                "events_seal",
                "events_sealedhead",
            )
        ),
        enable_rls("events_event"),
        policy("events_event", command="select", using=READERS),
        policy("events_event", command="insert", check=WRITERS),
        enable_rls("events_eventconcern"),
        policy(
            "events_eventconcern",
            command="select",
            using=f"{by_citizen('person')} or {for_purpose(Purpose.VERIFY, Purpose.OPERATIONS, Purpose.RETENTION)}",
        ),
        policy("events_eventconcern", command="insert", check="true"),
        enable_rls("events_delivery"),
        policy("events_delivery", command="insert", check="true"),
        policy("events_delivery", command="select", using=f"{by_unit('shard')} or {RELAY}"),
        policy("events_delivery", command="update", using=RELAY),
        policy("events_delivery", command="delete", using=RELAY),
    ]
