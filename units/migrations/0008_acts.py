"""Acts that are drafted, simulated, signed, scheduled, withdrawn and corrected here; what each leaves behind.

A version or a code may now leave its table, but only into its log, in the transaction that puts it there, for an act that ends up
withdrawn, or is corrected by one in force.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import units.states
from django.db import migrations, models

from portal.events.sql import append_only
from portal.isolation.scopes import Purpose
from portal.isolation.sql import by_unit, enable_rls, for_purpose, policy, revoke

ONLY_CLOSES = """
create or replace function units_only_closes() returns trigger language plpgsql as $sql$
declare free text[] := '{valid,closed_by_id,sort_key,search_name,search_full}'; -- generated columns are not filled in yet
begin
  if lower(new.valid) is distinct from lower(old.valid) or (to_jsonb(new) - free) is distinct from (to_jsonb(old) - free)
     or not (upper(old.valid) is null and upper(new.valid) is not null
             or upper(old.valid) is not null and upper(new.valid) is null
                and (to_jsonb(new) ->> 'closed_by_id') is null and units_is_logged(tg_table_name, old.id)) then
    raise exception 'a row of % is history: only its open end may be closed', tg_table_name
      using errcode = 'restrict_violation', hint = 'Write a new row from the day of the change.';
  end if;
  if upper(new.valid) is not null
     and not exists (select from units_reorg_event act where act.state in ('signed', 'scheduled')
                        and act.effective_on = upper(new.valid)
                        and (tg_table_name = 'units_unit_code' or act.id = (to_jsonb(new) ->> 'closed_by_id')::bigint)) then
    raise exception 'no signed or scheduled act ends % on %', tg_table_name, upper(new.valid)
      using errcode = 'restrict_violation', hint = 'Enter an act and let it take effect.';
  end if;
  return new;
end $sql$"""

IS_LOGGED = """
create function units_is_logged(of_table text, row_id bigint) returns boolean language sql stable as $sql$
  select case of_table
    when 'units_unit_version' then exists (
      select from public.units_unit_version_log where version_id = row_id and xact = pg_current_xact_id())
    when 'units_unit_code' then exists (
      select from public.units_unit_code_log where code_id = row_id and xact = pg_current_xact_id())
    else false end
$sql$"""

ONLY_TO_LOG = """
create function units_only_to_log() returns trigger language plpgsql as $sql$
begin
  if not units_is_logged(tg_table_name, old.id) then
    raise exception 'rows of % are never deleted', tg_table_name
      using errcode = 'restrict_violation', hint = 'Withdraw or correct the act: what was believed goes to the log.';
  end if;
  return old;
end $sql$"""

# A row in the log says that an act was taken back; at the end of the transaction that must be so.
LOG_HAS_ACT = """
create function units_log_has_act() returns trigger language plpgsql as $sql$
begin
  if not exists (select from public.units_reorg_event act where act.id = new.replaced_by_id
                    and act.state in ('effective', 'corrected', 'withdrawn')) then
    raise exception 'no act in force or withdrawn puts rows into %', tg_table_name using errcode = 'restrict_violation';
  end if;
  return null;
end $sql$"""

# By the owner's rights: the application deletes nothing by itself.
TAKE_BACK = """
create function units_take_back(taken bigint, by_act bigint, at timestamptz) returns integer
language plpgsql security definer set search_path = public, pg_temp as $sql$
declare
  day date := (select effective_on from units_reorg_event where id = taken);
  touched bigint[] := array(select unit_id from units_reorg_change where event_id = taken
                            union select old_id from units_reorg_source where event_id = taken);
  gone integer;
begin
  if not (taken = by_act or exists (select from units_reorg_event where id = by_act and corrects_id = taken)) then
    raise exception 'act % neither is nor corrects act %', by_act, taken using errcode = 'restrict_violation';
  end if;
  if exists (select from units_unit_version where event_id = taken and closed_by_id is distinct from null) then
    raise exception 'a later act builds on act %', taken using errcode = 'restrict_violation';
  end if;
  insert into units_unit_version_log (version_id, unit_id, name, type, parent_id, path, valid, event_id, recorded, replaced_by_id)
  select id, unit_id, name, type, parent_id, path, valid, event_id, tstzrange(least(recorded_at, at), at), by_act
    from units_unit_version where event_id = taken or closed_by_id = taken;
  get diagnostics gone = row_count;
  insert into units_unit_code_log (code_id, unit_id, level, scheme, code, valid, is_alias, recorded, replaced_by_id)
  select id, unit_id, level, scheme, code, valid, is_alias, tstzrange(null, at), by_act
    from units_unit_code where unit_id = any (touched) and (lower(valid) = day or upper(valid) = day);
  set constraints unit_version_parent_alive deferred;
  delete from units_unit_version where event_id = taken;
  update units_unit_version set valid = daterange(lower(valid), null), closed_by_id = null where closed_by_id = taken;
  delete from units_unit_code where unit_id = any (touched) and lower(valid) = day;
  update units_unit_code set valid = daterange(lower(valid), null) where unit_id = any (touched) and upper(valid) = day;
  return gone;
end $sql$"""

ACT_KEEPS_ITS_WORD = """
create or replace function units_act_keeps_its_word() returns trigger language plpgsql as $sql$
declare free text[] := '{state,effective_on_confirmed,note,revision,scheduled_at,trouble}';
begin
  if old.state in ('signed', 'scheduled', 'effective', 'corrected')
     and (to_jsonb(new) - free) is distinct from (to_jsonb(old) - free) then
    raise exception 'act % is signed: it says what it says', old.legal_no
      using errcode = 'restrict_violation', hint = 'Correct it by another act.';
  end if;
  return new;
end $sql$"""

SOURCES_KEEP = """
create function units_sources_keep() returns trigger language plpgsql as $sql$
declare state_of_act text;
begin
  select state into state_of_act from units_reorg_event
   where id = (case when tg_op = 'DELETE' then old.event_id else new.event_id end);
  if state_of_act <> 'draft' then
    raise exception 'the rows of an act that is % are never changed', state_of_act using errcode = 'restrict_violation';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $sql$"""

WORK = for_purpose(Purpose.REORGANISATION, Purpose.DEMO)
RECORDS = ["units_reorg_simulation", "units_reorg_signature", "units_reorg_proof"]
LOGS = ["units_unit_version_log", "units_unit_code_log"]


def to_log(table):
    return migrations.RunSQL(
        f"drop trigger no_delete on {table}; "
        f"create trigger no_delete before delete on {table} for each row execute function units_only_to_log()",
        f"drop trigger no_delete on {table}; "
        f"create trigger no_delete before delete on {table} for each row execute function units_append_only()",
    )


GUARDS = [
    *[
        migrations.RunSQL(
            f"alter table {table} add column xact xid8 not null default pg_current_xact_id()",
            f"alter table {table} drop column xact",
        )
        for table in LOGS
    ],
    migrations.RunSQL([(IS_LOGGED, None)], "drop function units_is_logged(text, bigint)"),
    migrations.RunSQL([(ONLY_TO_LOG, None)], "drop function units_only_to_log()"),
    migrations.RunSQL([(ONLY_CLOSES, None)], migrations.RunSQL.noop),
    migrations.RunSQL([(ACT_KEEPS_ITS_WORD, None)], migrations.RunSQL.noop),
    migrations.RunSQL([(LOG_HAS_ACT, None)], "drop function units_log_has_act()"),
    migrations.RunSQL([(SOURCES_KEEP, None)], "drop function units_sources_keep()"),
    migrations.RunSQL(
        [
            (TAKE_BACK, None),
            "revoke execute on function units_take_back(bigint, bigint, timestamptz) from public",
            "grant execute on function units_take_back(bigint, bigint, timestamptz) to mc_app",
        ],
        "drop function units_take_back(bigint, bigint, timestamptz)",
    ),
    to_log("units_unit_version"),
    to_log("units_unit_code"),
    *[
        migrations.RunSQL(
            f"create constraint trigger has_act after insert on {table} deferrable initially deferred "
            "for each row execute function units_log_has_act()",
            f"drop trigger has_act on {table}",
        )
        for table in LOGS
    ],
    append_only("units_unit_code_log"),
    migrations.RunSQL(
        "create trigger sources_keep before insert or update or delete on units_reorg_source "
        "for each row execute function units_sources_keep(); "
        "create trigger no_truncate before truncate on units_reorg_source "
        "for each statement execute function units_append_only()",
        "drop trigger sources_keep on units_reorg_source; drop trigger no_truncate on units_reorg_source",
    ),
    revoke("units_reorg_source", "truncate"),
    revoke("units_unit_code_log", "update", "delete", "truncate"),
    *[
        operation
        for table in RECORDS
        for operation in (
            append_only(table),
            enable_rls(table),
            policy(table, command="select", using=f"{by_unit()} or {WORK}"),
            policy(table, command="insert", check=f"{by_unit()} or {WORK}"),
            revoke(table, "update", "delete", "truncate"),
        )
    ],
    enable_rls("units_undecided_item"),
    policy("units_undecided_item", command="select", using=f"{by_unit('held_by_id')} or {WORK}"),
    policy("units_undecided_item", command="insert", check=WORK),
    policy("units_undecided_item", command="update", using=f"{by_unit('held_by_id')} or {WORK}", check=f"{by_unit('held_by_id')} or {WORK}"),
    revoke("units_undecided_item", "delete", "truncate"),
]


class Migration(migrations.Migration):

    dependencies = [
        ('units', '0007_version_in_order'),
        ('events', '0002_evidence'),
        ('isolation', '0001_scope'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReorgProof',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField()),
                ('before', models.JSONField()),
                ('after', models.JSONField()),
                ('moves', models.JSONField()),
                ('findings', models.JSONField()),
                ('holds', models.BooleanField()),
                ('milliseconds', models.PositiveIntegerField()),
            ],
            options={
                'db_table': 'units_reorg_proof',
            },
        ),
        migrations.CreateModel(
            name='ReorgSignature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('signer', models.CharField(max_length=80)),
                ('digest', models.BinaryField(max_length=32)),
                ('signed_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'units_reorg_signature',
            },
        ),
        migrations.CreateModel(
            name='ReorgSimulation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('made_at', models.DateTimeField()),
                ('made_by', models.CharField(max_length=80)),
                ('rows_digest', models.BinaryField(max_length=32)),
                ('digest', models.BinaryField(max_length=32)),
                ('counts', models.JSONField()),
                ('blockers', models.JSONField()),
                ('flows', models.JSONField()),
            ],
            options={
                'db_table': 'units_reorg_simulation',
            },
        ),
        migrations.CreateModel(
            name='ReorgSource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('share', models.CharField(choices=[('whole', 'whole'), ('part', 'part'), ('boundary', 'boundary')], max_length=8)),
                ('rule', models.JSONField(null=True)),
                ('is_default', models.BooleanField(default=False)),
            ],
            options={
                'db_table': 'units_reorg_source',
            },
        ),
        migrations.CreateModel(
            name='UndecidedItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('handover', models.CharField(max_length=60)),
                ('subject_type', models.CharField(max_length=60)),
                ('subject_id', models.CharField(max_length=60)),
                ('due_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by', models.CharField(blank=True, default='', max_length=80)),
            ],
            options={
                'db_table': 'units_undecided_item',
            },
        ),
        migrations.CreateModel(
            name='UnitCodeLog',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code_id', models.BigIntegerField()),
                ('level', models.CharField(max_length=8)),
                ('scheme', models.CharField(max_length=6)),
                ('code', models.CharField(max_length=35)),
                ('valid', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('is_alias', models.BooleanField()),
                ('recorded', django.contrib.postgres.fields.ranges.DateTimeRangeField()),
            ],
            options={
                'db_table': 'units_unit_code_log',
            },
        ),
        migrations.RemoveConstraint(
            model_name='reorgevent',
            name='reorg_event_kind',
        ),
        migrations.RemoveConstraint(
            model_name='reorgevent',
            name='reorg_event_once',
        ),
        migrations.AddField(
            model_name='reorgchange',
            name='axis_code',
            field=models.CharField(blank=True, default='', max_length=35),
        ),
        migrations.AddField(
            model_name='reorgchange',
            name='code',
            field=models.CharField(blank=True, default='', max_length=35),
        ),
        migrations.AddField(
            model_name='reorgchange',
            name='is_new',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='reorgchange',
            name='key',
            field=models.CharField(blank=True, default='', max_length=40),
        ),
        migrations.AddField(
            model_name='reorgchange',
            name='parent',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit'),
        ),
        migrations.AddField(
            model_name='reorgchange',
            name='position',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='reorgevent',
            name='authors',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), default=list, size=100),
        ),
        migrations.AddField(
            model_name='reorgevent',
            name='decide_days',
            field=models.PositiveSmallIntegerField(default=5, verbose_name='working days to decide what no rule knew'),
        ),
        migrations.AddField(
            model_name='reorgevent',
            name='revision',
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='reorgevent',
            name='scheduled_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='reorgevent',
            name='trouble',
            field=models.CharField(blank=True, default='', max_length=500),
        ),
        migrations.AddField(
            model_name='reorgevent',
            name='unit',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='acts', to='units.unit'),
        ),
        migrations.AlterField(
            model_name='reorgchange',
            name='unit',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='units.unit'),
        ),
        migrations.AlterField(
            model_name='reorgevent',
            name='kind',
            field=models.CharField(choices=[('load', 'load'), ('create', 'create'), ('merge', 'merge'), ('split', 'split'), ('boundary', 'boundary'), ('rename', 'rename'), ('retype', 'retype'), ('transfer', 'transfer'), ('cession', 'cession'), ('abolish', 'abolish'), ('correct', 'correct')], max_length=8, verbose_name='kind'),
        ),
        migrations.AddConstraint(
            model_name='reorgevent',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['load', 'create', 'merge', 'split', 'boundary', 'rename', 'retype', 'transfer', 'cession', 'abolish', 'correct'])), name='reorg_event_kind'),
        ),
        migrations.AddConstraint(
            model_name='reorgevent',
            constraint=models.UniqueConstraint(condition=models.Q(('state', units.states.ActState['WITHDRAWN']), _negated=True), fields=('legal_no', 'kind'), name='reorg_event_once'),
        ),
        migrations.AddField(
            model_name='reorgproof',
            name='event',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='proof', to='units.reorgevent'),
        ),
        migrations.AddField(
            model_name='reorgproof',
            name='unit',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit'),
        ),
        migrations.AddField(
            model_name='reorgsignature',
            name='event',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='signature', to='units.reorgevent'),
        ),
        migrations.AddField(
            model_name='reorgsignature',
            name='unit',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit'),
        ),
        migrations.AddField(
            model_name='reorgsimulation',
            name='event',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='simulations', to='units.reorgevent'),
        ),
        migrations.AddField(
            model_name='reorgsimulation',
            name='unit',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit'),
        ),
        migrations.AddField(
            model_name='reorgsignature',
            name='simulation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.reorgsimulation'),
        ),
        migrations.AddField(
            model_name='reorgsource',
            name='event',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='sources', to='units.reorgevent'),
        ),
        migrations.AddField(
            model_name='reorgsource',
            name='new',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit'),
        ),
        migrations.AddField(
            model_name='reorgsource',
            name='old',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit'),
        ),
        migrations.AddField(
            model_name='undecideditem',
            name='event',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='undecided', to='units.reorgevent'),
        ),
        migrations.AddField(
            model_name='undecideditem',
            name='from_unit',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit'),
        ),
        migrations.AddField(
            model_name='undecideditem',
            name='held_by',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='undecided_items', to='units.unit'),
        ),
        migrations.AddField(
            model_name='undecideditem',
            name='to_unit',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit'),
        ),
        migrations.AddField(
            model_name='unitcodelog',
            name='replaced_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='replaced_codes', to='units.reorgevent'),
        ),
        migrations.AddField(
            model_name='unitcodelog',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit'),
        ),
        migrations.AddConstraint(
            model_name='reorgsimulation',
            constraint=models.UniqueConstraint(fields=('event', 'number'), name='reorg_simulation_once'),
        ),
        migrations.AddConstraint(
            model_name='reorgsource',
            constraint=models.CheckConstraint(condition=models.Q(('share__in', ['whole', 'part', 'boundary'])), name='reorg_source_share'),
        ),
        migrations.AddConstraint(
            model_name='reorgsource',
            constraint=models.UniqueConstraint(fields=('event', 'old', 'new'), name='reorg_source_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='reorgsource',
            constraint=models.UniqueConstraint(condition=models.Q(('is_default', True)), fields=('event', 'old'), name='reorg_source_one_default'),
        ),
        migrations.AddIndex(
            model_name='undecideditem',
            index=models.Index(condition=models.Q(('decided_at', None)), fields=['held_by', 'due_at', 'id'], name='undecided_item_waiting'),
        ),
        migrations.AddConstraint(
            model_name='undecideditem',
            constraint=models.UniqueConstraint(fields=('event', 'subject_type', 'subject_id'), name='undecided_item_once'),
        ),
        migrations.AddConstraint(
            model_name='undecideditem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('to_unit', None)), models.Q(('decided_at__isnull', False), ('to_unit__isnull', False)), _connector='OR'), name='undecided_item_decided'),
        ),
        migrations.AddIndex(
            model_name='unitcodelog',
            index=models.Index(fields=['code_id'], name='unit_code_log_code'),
        ),
        *GUARDS,
    ]
