"""A correction gives a unit its life back: the books that the wrong act closed are open again, and count on."""

from django.db import migrations

STAYS = """
create or replace function documents_book_stays() returns trigger language plpgsql as $$
declare
  head text[] := array['last_number', 'last_dated_on', 'last_at', 'head_hash'];
  closing text[] := array['state', 'closed_at', 'closed_by', 'close_ground'];
begin
  if tg_op = 'INSERT' then
    if new.state = 'open' and new.last_number = 0 and new.last_dated_on is null and new.last_at is null
       and new.head_hash = repeat('0', 64) then
      return new;
    end if;
  elsif tg_op = 'UPDATE' and pg_trigger_depth() > 1 then
    if new.last_number = old.last_number + 1 and to_jsonb(new) - head = to_jsonb(old) - head then
      return new;
    end if;
  elsif tg_op = 'UPDATE' then
    if old.state = 'open' and new.state = 'closed' and to_jsonb(new) - closing = to_jsonb(old) - closing then
      return new;
    end if;{reopening}
  end if;
  raise exception 'Register books begin empty, count by their entries, and are closed, never changed or deleted.'
    using errcode = 'restrict_violation';
end $$
"""
REOPENING = """
    if mc_purpose() = 'reorganisation' and old.close_ground = 'reorganisation' and new.state = 'open'
       and to_jsonb(new) - closing = to_jsonb(old) - closing then
      return new;
    end if;"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0007_removed_content"), ("isolation", "0001_scope")]
    operations = [
        migrations.RunSQL(STAYS.replace("{reopening}", REOPENING), STAYS.replace("{reopening}", "")),
    ]
