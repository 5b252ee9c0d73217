"""How long things are kept: holds, carried-out rules, tombstones, packages for the archive.

What was said is still never written again: by a rule of retention it can be emptied, and nothing else.
"""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from portal.events.sql import append_only, guard_state
from portal.isolation.scopes import Purpose
from portal.isolation.sql import by_unit, enable_rls, for_purpose, policy, revoke

BY_RULE = for_purpose(Purpose.RETENTION)
PACKAGES = f"{by_unit()} or {for_purpose(Purpose.RETENTION, Purpose.BACKFILL, Purpose.DEMO)}"
OF_DOSSIER = ("retentionhold", "retentionstep", "packageddossier", "tombstone")
CHANGING = {
    "retentionhold": "state, lifted_by_id, lifted_at, lift_reason",
    "archivepackage": "state, made_at, digest, files, bytes, received_by_id, received_at, receipt",
}
# Columns that nobody could write again: a rule may empty them. Sealed ones are sealed anew for another key.
EMPTIED = {
    "printedform": ("data_sealed", "printed_by"),
    "confirmation": ("content_sealed",),
    "consultation": ("asked_sealed",),
    "extension": ("reason",),
    "correction": ("wrong", "asked_by_id"),
    "realmoment": ("reason", "proof"),
    "fee": ("evidence", "assessed_by"),
    "payment": ("begun_by",),
    "refund": ("asked_by",),
    "feereceipt": ("payer_name",),
    "paymentmessage": ("body_sealed",),
    "petition": ("filer_id", "about_officer", "text"),
}
FUNCTIONS = """
create function services_only_emptied() returns trigger language plpgsql as $$
declare
  name text;
  was jsonb := to_jsonb(old);
  becomes jsonb := to_jsonb(new);
begin
  foreach name in array tg_argv loop
    if was -> name is distinct from becomes -> name and not (
      coalesce(mc_purpose(), '') = 'backfill' and name like '%_sealed'
      or coalesce(mc_purpose(), '') = 'retention' and coalesce(becomes ->> name, '') in ('', '-', '\\x')
    ) then
      raise exception '% of % is never written again.', name, tg_table_name
        using errcode = 'integrity_constraint_violation', hint = 'A rule of retention may empty it.';
    end if;
  end loop;
  return new;
end $$;
create function services_proof_emptied() returns trigger language plpgsql as $$
begin
  if mc_purpose() = 'retention' and new.proof in ('', old.proof) and new.entered_by in ('', old.entered_by)
    and to_jsonb(new) - array['proof', 'entered_by'] = to_jsonb(old) - array['proof', 'entered_by'] then
    return new;
  end if;
  raise exception 'An entry of a clock is never written again.' using errcode = 'integrity_constraint_violation';
end $$;
create function services_deleted_by_rule() returns trigger language plpgsql as $$
begin
  if mc_purpose() is distinct from 'retention' then
    raise exception 'Rows of % go only by a rule of retention.', tg_table_name
      using errcode = 'integrity_constraint_violation';
  end if;
  return old;
end $$;
create trigger services_message_deleted before delete on services_message
  for each row execute function services_deleted_by_rule();
create trigger services_note_deleted before delete on services_note
  for each row execute function services_deleted_by_rule();
grant delete on services_message, services_note to mc_app;
create function services_dossier_minimised() returns trigger language plpgsql as $$
begin
  if old.minimised_at is not null or mc_purpose() is distinct from 'retention' then
    raise exception 'Dossier % is minimised once, by a rule of retention.', new.id
      using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger services_dossier_minimised before update on services_dossier for each row
  when (old.minimised_at is distinct from new.minimised_at) execute function services_dossier_minimised();
drop trigger services_clockentry_no_change on services_clockentry;
create trigger services_clockentry_no_change before delete on services_clockentry
  for each row execute function events_append_only();
create trigger services_clockentry_emptied before update on services_clockentry
  for each row execute function services_proof_emptied();
"""
NO_FUNCTIONS = """
drop trigger services_clockentry_emptied on services_clockentry;
drop trigger services_clockentry_no_change on services_clockentry;
create trigger services_clockentry_no_change before update or delete on services_clockentry
  for each row execute function events_append_only();
drop trigger services_dossier_minimised on services_dossier;
drop function services_dossier_minimised();
revoke delete on services_message, services_note from mc_app;
drop trigger services_note_deleted on services_note;
drop trigger services_message_deleted on services_message;
drop function services_deleted_by_rule();
drop function services_proof_emptied();
drop function services_only_emptied();
"""


def _seen(table):
    return f"exists (select 1 from services_dossier d where d.id = services_{table}.dossier_id)"


def _grant(table, columns):
    return migrations.RunSQL(
        f"grant update ({columns}) on services_{table} to mc_app",
        f"revoke update ({columns}) on services_{table} from mc_app",
    )


def _emptied(table, columns):
    """The right to write the columns, and what keeps it narrow."""
    name, said = f"services_{table}", ", ".join(columns)
    quoted = ", ".join(f"'{column}'" for column in columns)
    return [
        _grant(table, said),
        migrations.RunSQL(
            f"create trigger {name}_only_emptied before update of {said} on {name} "
            f"for each row execute function services_only_emptied({quoted})",
            f"drop trigger {name}_only_emptied on {name}",
        ),
    ]


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0007_removed_content'),
        ('events', '0002_evidence'),
        ('isolation', '0001_scope'),
        ('services', '0018_waiting'),
        ('units', '0007_version_in_order'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ArchivePackage',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('year', models.PositiveSmallIntegerField()),
                ('number', models.PositiveSmallIntegerField()),
                ('state', models.CharField(choices=[('begun', 'begun'), ('made', 'made'), ('received', 'received')], max_length=8)),
                ('dossiers', models.PositiveIntegerField()),
                ('begun_at', models.DateTimeField()),
                ('made_at', models.DateTimeField(null=True)),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('files', models.PositiveIntegerField(null=True)),
                ('bytes', models.BigIntegerField(null=True)),
                ('received_at', models.DateTimeField(null=True)),
                ('receipt', models.CharField(blank=True, max_length=200, verbose_name='receipt of the archive')),
            ],
        ),
        migrations.CreateModel(
            name='PackagedDossier',
            fields=[
                ('dossier', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='packaged', serialize=False, to='services.dossier')),
                ('number', models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='RetentionHold',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('held', 'held'), ('lifted', 'lifted')], max_length=6)),
                ('cause', models.CharField(choices=[('complaint', 'complaint'), ('court', 'court'), ('inspection', 'inspection'), ('other', 'other')], max_length=10)),
                ('reason', models.CharField(max_length=1000, verbose_name='reason')),
                ('set_at', models.DateTimeField()),
                ('lifted_at', models.DateTimeField(null=True)),
                ('lift_reason', models.CharField(blank=True, max_length=1000)),
            ],
        ),
        migrations.CreateModel(
            name='RetentionStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('talk', 'talk'), ('papers', 'papers'), ('receipt', 'receipt'), ('dossier', 'dossier')], max_length=12)),
                ('rule', models.CharField(max_length=60)),
                ('ground', models.CharField(max_length=500, verbose_name='legal ground')),
                ('due_at', models.DateTimeField()),
                ('done_at', models.DateTimeField()),
                ('number', models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='Tombstone',
            fields=[
                ('dossier', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='tombstone', serialize=False, to='services.dossier')),
                ('reference', models.CharField(max_length=20)),
                ('code', models.CharField(blank=True, max_length=60)),
                ('procedure', models.CharField(max_length=20)),
                ('outcome', models.CharField(max_length=12)),
                ('submitted_at', models.DateTimeField()),
                ('accepted_at', models.DateTimeField(null=True)),
                ('due_at', models.DateTimeField(null=True)),
                ('decided_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField()),
                ('result_document', models.UUIDField(null=True)),
                ('digests', models.JSONField(default=dict)),
                ('rule', models.CharField(max_length=60)),
                ('ground', models.CharField(max_length=500, verbose_name='legal ground')),
                ('minimised_at', models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name='dossier',
            name='minimised_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name='dossier',
            index=models.Index(condition=models.Q(('closed_at__isnull', False), ('minimised_at', None)), fields=['responsible_unit', 'closed_at', 'id'], name='dossier_kept'),
        ),
        migrations.AddConstraint(
            model_name='dossier',
            constraint=models.CheckConstraint(condition=models.Q(('minimised_at', None), models.Q(('answers_sealed', b''), ('closed_at__isnull', False), ('contact_sealed', b''), ('filer', None), ('filer_name', ''), ('filer_number_index', None), ('filer_number_sealed', None), ('holder', None), ('next_due_at', None), ('owner', None), ('owner_name', ''), ('owner_number_index', None), ('owner_number_sealed', None), ('reason', ''), ('summary', '')), _connector='OR'), name='dossier_minimised_holds_nothing'),
        ),
        migrations.AddField(
            model_name='archivepackage',
            name='begun_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='archivepackage',
            name='received_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='archivepackage',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit'),
        ),
        migrations.AddField(
            model_name='packageddossier',
            name='package',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rows', to='services.archivepackage'),
        ),
        migrations.AddField(
            model_name='retentionhold',
            name='dossier',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holds', to='services.dossier'),
        ),
        migrations.AddField(
            model_name='retentionhold',
            name='lifted_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='retentionhold',
            name='set_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='retentionstep',
            name='dossier',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='retention_steps', to='services.dossier'),
        ),
        migrations.AddField(
            model_name='tombstone',
            name='package',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tombstones', to='services.archivepackage'),
        ),
        migrations.AddField(
            model_name='tombstone',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit'),
        ),
        migrations.AddIndex(
            model_name='archivepackage',
            index=models.Index(fields=['unit', '-begun_at', 'id'], name='package_unit'),
        ),
        migrations.AddConstraint(
            model_name='archivepackage',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['begun', 'made', 'received'])), name='package_state'),
        ),
        migrations.AddConstraint(
            model_name='archivepackage',
            constraint=models.CheckConstraint(condition=models.Q(('digest', ''), ('digest__regex', '^[0-9a-f]{64}$'), _connector='OR'), name='package_digest'),
        ),
        migrations.AddConstraint(
            model_name='archivepackage',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'begun'), models.Q(models.Q(('digest', ''), _negated=True), ('made_at__isnull', False)), _connector='OR'), name='package_made_has_digest'),
        ),
        migrations.AddConstraint(
            model_name='archivepackage',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('received_at__isnull', False), ('state', 'received'), models.Q(('receipt', ''), _negated=True)), models.Q(models.Q(('state', 'received'), _negated=True), ('receipt', ''), ('received_at', None)), _connector='OR'), name='package_received_has_receipt'),
        ),
        migrations.AddConstraint(
            model_name='archivepackage',
            constraint=models.UniqueConstraint(fields=('unit', 'year', 'number'), name='package_number'),
        ),
        migrations.AddConstraint(
            model_name='archivepackage',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'received'), _negated=True), fields=('unit', 'year'), name='package_one_open', violation_error_message='A package of this year is on its way to the archive already.'),
        ),
        migrations.AddConstraint(
            model_name='packageddossier',
            constraint=models.UniqueConstraint(fields=('package', 'number'), name='packaged_number'),
        ),
        migrations.AddIndex(
            model_name='retentionhold',
            index=models.Index(fields=['dossier', '-set_at', 'id'], name='hold_dossier'),
        ),
        migrations.AddConstraint(
            model_name='retentionhold',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['held', 'lifted'])), name='hold_state'),
        ),
        migrations.AddConstraint(
            model_name='retentionhold',
            constraint=models.CheckConstraint(condition=models.Q(('cause__in', ['complaint', 'court', 'inspection', 'other'])), name='hold_cause'),
        ),
        migrations.AddConstraint(
            model_name='retentionhold',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='hold_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='retentionhold',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('lifted_at', None), ('lifted_by', None), ('state', 'held')), models.Q(models.Q(('state', 'held'), _negated=True), ('lifted_at__isnull', False), ('lifted_by__isnull', False), models.Q(('lift_reason', ''), _negated=True)), _connector='OR'), name='hold_lifted'),
        ),
        migrations.AddConstraint(
            model_name='retentionhold',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'held')), fields=('dossier', 'cause'), name='hold_once', violation_error_message='The dossier is held for this cause already.'),
        ),
        migrations.AddConstraint(
            model_name='retentionstep',
            constraint=models.UniqueConstraint(fields=('dossier', 'kind'), name='retention_step_once'),
        ),
        migrations.AddConstraint(
            model_name='retentionstep',
            constraint=models.CheckConstraint(condition=models.Q(('due_at__lte', models.F('done_at'))), name='retention_step_not_early'),
        ),
        migrations.AddIndex(
            model_name='tombstone',
            index=models.Index(fields=['unit', '-minimised_at', 'dossier'], name='tombstone_unit'),
        ),
        migrations.AlterField(
            model_name='correction',
            name='asked_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS),
        *(step for table, columns in EMPTIED.items() for step in _emptied(table, columns)),
        *guard_state("services_retentionhold", "services.retentionhold"),
        *guard_state("services_archivepackage", "services.archivepackage"),
        *(append_only(f"services_{table}") for table in ("retentionstep", "tombstone", "packageddossier")),
        *(step for table in OF_DOSSIER for step in (enable_rls(f"services_{table}"), policy(f"services_{table}", using=_seen(table)))),
        enable_rls("services_archivepackage"),
        policy("services_archivepackage", using=PACKAGES),
        *(revoke(f"services_{table}", "update", "delete") for table in (*OF_DOSSIER, "archivepackage")),
        *(_grant(table, columns) for table, columns in CHANGING.items()),
        *(policy("services_evidence", command=command, using=BY_RULE, name=f"services_evidence_rule_{command}") for command in ("select", "update", "delete")),
    ]
