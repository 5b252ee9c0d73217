"""Register books, and what the database itself promises about them (docs/registers.md).

A number is the last one of its book plus one; dates and moments never go back; each entry carries the hash of the one
before; nothing is deleted; of an entry only its voiding is written later, of a book only its closing.
"""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
import documents.registers.states
from django.db import migrations, models

from portal.events.sql import append_only, guard_state
from portal.isolation.scopes import Purpose
from portal.isolation.sql import by_unit, enable_rls, for_purpose, policy, revoke

CANONICAL = """
create function documents_entry_text(e documents_register_entry) returns text language sql immutable parallel safe
  return E'mc.register.1\\n'
    || events_field('book_id', e.book_id::text) || events_field('unit_id', e.unit_id::text)
    || events_field('kind', e.kind) || events_field('year', e.year::text)
    || events_field('number', e.number::text) || events_field('notation', e.notation)
    || events_field('dated_on', to_char(e.dated_on, 'YYYY-MM-DD'))
    || events_field('arrived_on', to_char(e.arrived_on, 'YYYY-MM-DD'))
    || events_field('late', e.late::text) || events_field('type_code', e.type_code)
    || events_field('subject', e.subject) || events_field('author', e.author)
    || events_field('reference', e.reference)
    || events_field('reference_on', to_char(e.reference_on, 'YYYY-MM-DD'))
    || events_field('signer', e.signer) || events_field('recipients', e.recipients)
    || events_field('keeper', e.keeper) || events_field('copies', e.copies::text)
    || events_field('file_code', e.file_code) || events_field('permitted_by', e.permitted_by)
    || events_field('note', e.note)
    || events_field('recorded_at', events_utc(e.recorded_at)) || events_field('recorded_by', e.recorded_by);

create function documents_entry_hash(e documents_register_entry) returns text language sql immutable parallel safe
  return encode(sha256(decode(e.prev_hash, 'hex') || convert_to(documents_entry_text(e), 'UTF8')), 'hex');
"""
DROP_CANONICAL = """
drop function documents_entry_hash(documents_register_entry);
drop function documents_entry_text(documents_register_entry);
"""

# The book is locked before anything of it is read, so that two writers see each other's number. The head moves after
# the row is in: an insert that is given up halfway leaves no gap.
ENTRY_JOINS = """
create function documents_entry_fits() returns trigger language plpgsql as $$
declare book documents_register_book; broken text;
begin
  select * into book from documents_register_book where id = new.book_id for update;
  if not found then
    raise exception 'Entry of a book that is not there.' using errcode = 'foreign_key_violation';
  end if;
  broken := case
    when book.state <> 'open' then 'register_book_is_open'
    when (new.unit_id, new.kind, new.year) is distinct from (book.unit_id, book.kind, book.year)
      then 'register_entry_of_its_book'
    when new.number <> book.last_number + 1 then 'register_entry_next_number'
    when extract(year from new.dated_on) <> book.year then 'register_entry_in_its_year'
    when new.dated_on < book.last_dated_on then 'register_entry_not_back_dated'
    when new.dated_on > (new.recorded_at at time zone 'Asia/Ho_Chi_Minh')::date then 'register_entry_not_in_future'
    when new.recorded_at < book.last_at then 'register_entry_clock_forward'
    when new.prev_hash <> book.head_hash then 'register_entry_chained'
    when new.hash <> documents_entry_hash(new) then 'register_entry_hash'
    when new.state <> 'valid' then 'register_entry_born_valid'
  end;
  if broken is not null then
    raise exception 'Entry % does not fit into book %: %', new.number, new.book_id, broken
      using errcode = 'integrity_constraint_violation', constraint = broken, table = tg_table_name;
  end if;
  return new;
end $$;
create trigger documents_register_entry_fits before insert on documents_register_entry
  for each row execute function documents_entry_fits();

create function documents_entry_counts() returns trigger language plpgsql as $$
begin
  update documents_register_book set last_number = new.number, last_dated_on = new.dated_on, last_at = new.recorded_at,
    head_hash = new.hash where id = new.book_id;
  return null;
end $$;
create trigger documents_register_entry_counts after insert on documents_register_entry
  for each row execute function documents_entry_counts();
"""
DROP_ENTRY_JOINS = """
drop trigger documents_register_entry_counts on documents_register_entry; drop function documents_entry_counts();
drop trigger documents_register_entry_fits on documents_register_entry; drop function documents_entry_fits();
"""

ENTRY_STAYS = """
create function documents_entry_stays() returns trigger language plpgsql as $$
declare voiding text[] := array['state', 'voided_at', 'voided_by', 'void_reason', 'search'];
begin
  if tg_op = 'UPDATE' and old.state = 'valid' and new.state = 'voided'
     and to_jsonb(new) - voiding = to_jsonb(old) - voiding
     and exists (select from documents_register_book where id = new.book_id and state = 'open') then
    return new;
  end if;
  raise exception 'Entries of registers are voided in open books, never changed or deleted.'
    using errcode = 'restrict_violation';
end $$;
create trigger documents_register_entry_stays before update or delete on documents_register_entry
  for each row execute function documents_entry_stays();
create trigger documents_register_entry_no_truncate before truncate on documents_register_entry
  for each statement execute function events_append_only();
"""
DROP_ENTRY_STAYS = """
drop trigger documents_register_entry_no_truncate on documents_register_entry;
drop trigger documents_register_entry_stays on documents_register_entry; drop function documents_entry_stays();
"""

# Depth 2: the update comes from the trigger of an entry, which is the only one that moves the head.
BOOK_STAYS = """
create function documents_book_stays() returns trigger language plpgsql as $$
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
    end if;
  end if;
  raise exception 'Register books begin empty, count by their entries, and are closed, never changed or deleted.'
    using errcode = 'restrict_violation';
end $$;
create trigger documents_register_book_stays before insert or update or delete on documents_register_book
  for each row execute function documents_book_stays();
create trigger documents_register_book_no_truncate before truncate on documents_register_book
  for each statement execute function events_append_only();
"""
DROP_BOOK_STAYS = """
drop trigger documents_register_book_no_truncate on documents_register_book;
drop trigger documents_register_book_stays on documents_register_book; drop function documents_book_stays();
"""

REMARK_OF_ITS_UNIT = """
alter table documents_register_entry add constraint register_entry_unit unique (id, unit_id);
alter table documents_register_remark add constraint register_remark_unit
  foreign key (entry_id, unit_id) references documents_register_entry (id, unit_id);
"""
DROP_REMARK_OF_ITS_UNIT = """
alter table documents_register_remark drop constraint register_remark_unit;
alter table documents_register_entry drop constraint register_entry_unit;
"""

TABLES = ("documents_register_book", "documents_register_entry", "documents_register_remark")
RULES = ("documents_organ_abbreviation", "documents_series_rule")
READERS = f"{by_unit()} or {for_purpose(Purpose.VERIFY, Purpose.REORGANISATION, Purpose.DEMO)}"
WRITERS = f"{by_unit()} or {for_purpose(Purpose.REORGANISATION, Purpose.DEMO)}"


class Migration(migrations.Migration):

    dependencies = [
        ("documents", "0001_files"),
        ('units', '0007_version_in_order'),
        ('events', '0002_evidence'),
        ('isolation', '0001_scope'),
    ]

    operations = [
        migrations.CreateModel(
            name='RegisterBook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('outgoing', 'outgoing'), ('incoming', 'incoming'), ('post', 'post'), ('copy_use', 'copy_use')], max_length=10)),
                ('series', models.CharField(default='general', max_length=40)),
                ('year', models.PositiveSmallIntegerField()),
                ('state', models.CharField(choices=[('open', 'open'), ('closed', 'closed')], default='open', max_length=8)),
                ('last_number', models.PositiveIntegerField(default=0)),
                ('last_dated_on', models.DateField(null=True)),
                ('last_at', models.DateTimeField(null=True)),
                ('head_hash', models.CharField(default='0000000000000000000000000000000000000000000000000000000000000000', max_length=64)),
                ('opened_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
                ('closed_by', models.CharField(blank=True, default='', max_length=60)),
                ('close_ground', models.CharField(blank=True, choices=[('year_end', 'year_end'), ('reorganisation', 'reorganisation')], default='', max_length=16)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='register_books', to='units.unit')),
            ],
            options={
                'db_table': 'documents_register_book',
            },
        ),
        migrations.CreateModel(
            name='RegisterEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('outgoing', 'outgoing'), ('incoming', 'incoming'), ('post', 'post'), ('copy_use', 'copy_use')], max_length=10)),
                ('year', models.PositiveSmallIntegerField()),
                ('number', models.PositiveIntegerField()),
                ('notation', models.CharField(blank=True, max_length=30)),
                ('dated_on', models.DateField()),
                ('arrived_on', models.DateField(null=True)),
                ('late', models.BooleanField(default=False)),
                ('type_code', models.CharField(blank=True, max_length=40)),
                ('subject', models.CharField(blank=True, max_length=500)),
                ('author', models.CharField(blank=True, max_length=200)),
                ('reference', models.CharField(blank=True, max_length=60)),
                ('reference_on', models.DateField(null=True)),
                ('signer', models.CharField(blank=True, max_length=100)),
                ('recipients', models.CharField(blank=True, max_length=1000)),
                ('keeper', models.CharField(blank=True, max_length=200)),
                ('copies', models.PositiveIntegerField(default=1)),
                ('file_code', models.CharField(blank=True, max_length=60)),
                ('permitted_by', models.CharField(blank=True, max_length=100)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.CharField(max_length=60)),
                ('prev_hash', models.CharField(max_length=64)),
                ('hash', models.CharField(max_length=64)),
                ('state', models.CharField(choices=[('valid', 'valid'), ('voided', 'voided')], default='valid', max_length=6)),
                ('voided_at', models.DateTimeField(null=True)),
                ('voided_by', models.CharField(blank=True, default='', max_length=60)),
                ('void_reason', models.CharField(blank=True, default='', max_length=500)),
                ('search', models.GeneratedField(db_persist=True, expression=models.Func(django.db.models.functions.text.Concat(models.F('notation'), models.Value(' '), models.F('subject'), models.Value(' '), models.F('author'), models.Value(' '), models.F('reference'), models.Value(' '), models.F('signer'), models.Value(' '), models.F('recipients'), models.Value(' '), models.F('note')), function='vi_search_key'), output_field=models.TextField(db_collation='C'))),
                ('book', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='documents.registerbook')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
            ],
            options={
                'db_table': 'documents_register_entry',
            },
        ),
        migrations.CreateModel(
            name='RegisterRemark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('column', models.CharField(choices=[('moved', 'moved'), ('receipt', 'receipt'), ('handler', 'handler'), ('due', 'due'), ('progress', 'progress'), ('answer', 'answer'), ('returned', 'returned'), ('note', 'note')], max_length=10)),
                ('on', models.DateField(null=True)),
                ('text', models.CharField(blank=True, max_length=300)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.CharField(max_length=60)),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remarks', to='documents.registerentry')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
            ],
            options={
                'db_table': 'documents_register_remark',
            },
        ),
        migrations.CreateModel(
            name='SeriesRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('decision_no', models.CharField(max_length=60)),
                ('decision_on', models.DateField()),
                ('recorded_at', models.DateTimeField()),
                ('type_code', models.CharField(max_length=40)),
                ('series', models.CharField(max_length=40)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
            ],
            options={
                'db_table': 'documents_series_rule',
            },
        ),
        migrations.CreateModel(
            name='OrganAbbreviation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('decision_no', models.CharField(max_length=60)),
                ('decision_on', models.DateField()),
                ('recorded_at', models.DateTimeField()),
                ('division', models.CharField(blank=True, max_length=40)),
                ('abbreviation', models.CharField(max_length=12)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
            ],
            options={
                'db_table': 'documents_organ_abbreviation',
                'constraints': [models.CheckConstraint(condition=models.Q(('valid__isempty', False)), name='organ_abbreviation_valid'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('unit', '='), ('division', '='), ('valid', '&&')], name='organ_abbreviation_one')],
            },
        ),
        migrations.AddConstraint(
            model_name='registerbook',
            constraint=models.UniqueConstraint(fields=('unit', 'kind', 'series', 'year'), name='register_book_once'),
        ),
        migrations.AddConstraint(
            model_name='registerbook',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['outgoing', 'incoming', 'post', 'copy_use'])), name='register_book_kind'),
        ),
        migrations.AddConstraint(
            model_name='registerbook',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'closed'])), name='register_book_state'),
        ),
        migrations.AddConstraint(
            model_name='registerbook',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('close_ground', ''), ('closed_at', None), ('state', documents.registers.states.BookState['OPEN'])), models.Q(('close_ground__in', ['year_end', 'reorganisation']), ('closed_at__isnull', False), ('state', documents.registers.states.BookState['CLOSED'])), _connector='OR'), name='register_book_closed_whole'),
        ),
        migrations.AddIndex(
            model_name='registerentry',
            index=models.Index(fields=['book', 'dated_on'], name='register_entry_day'),
        ),
        migrations.AddIndex(
            model_name='registerentry',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search'], name='register_entry_search', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddConstraint(
            model_name='registerentry',
            constraint=models.UniqueConstraint(fields=('book', 'number'), name='register_entry_number_once'),
        ),
        migrations.AddConstraint(
            model_name='registerentry',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', documents.registers.states.BookKind['OUTGOING'])), fields=('unit', 'year', 'number', 'notation'), name='register_entry_text_once'),
        ),
        migrations.AddConstraint(
            model_name='registerentry',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['outgoing', 'incoming', 'post', 'copy_use'])), name='register_entry_kind'),
        ),
        migrations.AddConstraint(
            model_name='registerentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', documents.registers.states.EntryState['VALID']), ('void_reason', ''), ('voided_at', None), ('voided_by', '')), models.Q(('state', documents.registers.states.EntryState['VOIDED']), ('voided_at__isnull', False), models.Q(('voided_by', ''), _negated=True), models.Q(('void_reason', ''), _negated=True)), _connector='OR'), name='register_entry_void_whole'),
        ),
        migrations.AddConstraint(
            model_name='registerremark',
            constraint=models.CheckConstraint(condition=models.Q(('on__isnull', False), models.Q(('text', ''), _negated=True), _connector='OR'), name='register_remark_says'),
        ),
        migrations.AddConstraint(
            model_name='seriesrule',
            constraint=models.CheckConstraint(condition=models.Q(('valid__isempty', False)), name='series_rule_valid'),
        ),
        migrations.AddConstraint(
            model_name='seriesrule',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('unit', '='), ('type_code', '='), ('valid', '&&')], name='series_rule_one'),
        ),
        migrations.RunSQL(CANONICAL, DROP_CANONICAL),
        migrations.RunSQL(ENTRY_JOINS, DROP_ENTRY_JOINS),
        migrations.RunSQL(ENTRY_STAYS, DROP_ENTRY_STAYS),
        migrations.RunSQL(BOOK_STAYS, DROP_BOOK_STAYS),
        migrations.RunSQL(REMARK_OF_ITS_UNIT, DROP_REMARK_OF_ITS_UNIT),
        append_only("documents_register_remark"),
        *guard_state("documents_register_book", "documents.registerbook"),
        *guard_state("documents_register_entry", "documents.registerentry"),
        *(enable_rls(table) for table in TABLES),
        *(policy(table, command="select", using=READERS) for table in TABLES),
        *(policy(table, command="insert", check=WRITERS) for table in TABLES),
        *(policy(table, command="update", using=WRITERS) for table in TABLES[:2]),
        *(revoke(table, "delete") for table in (*TABLES, *RULES)),
        revoke("documents_register_remark", "update"),
    ]
