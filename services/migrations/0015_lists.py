"""Saved filters, exports, batches, and who acts while somebody is away.

What somebody ordered or kept is shown to that person alone; what a unit keeps, to the unit.
"""

import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from portal.events.sql import guard_state
from portal.isolation.scopes import Purpose
from portal.isolation.sql import by_citizen, by_unit, enable_rls, for_purpose, policy, revoke

DEMO = for_purpose(Purpose.DEMO)
OWN_BATCH = f"{by_citizen('ordered_by_id')} or {DEMO}"
OF_BATCH = "exists (select 1 from services_dossierbatch b where b.id = services_batchitem.batch_id)"
FILTER = f"{by_citizen('owner_id')} or {by_unit('unit_id')} or {DEMO}"
EXPORT = f"{by_citizen('made_by_id')} or {DEMO}"
COVER = f"{by_unit('unit_id')} or {for_purpose(Purpose.DEADLINES, Purpose.DEMO)}"
OF_COVER = "exists (select 1 from services_leavecover c where c.id = services_coveredstep.leave_id)"


def only(table: str, columns: str) -> list[migrations.RunSQL]:
    """Of a row only these change, and no row goes."""
    return [
        revoke(table, "update", "delete"),
        migrations.RunSQL(
            f"grant update ({columns}) on {table} to mc_app", f"revoke update ({columns}) on {table} from mc_app"
        ),
    ]


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0002_evidence'),
        ('isolation', '0001_scope'),
        ('services', '0014_petitions'),
        ('staff', '0004_unit_alive'),
        ('units', '0007_version_in_order'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DossierBatch',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('deed', models.CharField(choices=[('assign', 'assign'), ('take', 'take'), ('accept', 'accept'), ('finish', 'finish'), ('hand_out', 'hand_out'), ('undo', 'undo')], max_length=12)),
                ('said', models.JSONField(default=dict)),
                ('query', models.CharField(blank=True, max_length=2000)),
                ('chosen', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=5000)),
                ('revisions', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveIntegerField(), size=5000)),
                ('officers', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=5000)),
                ('number', models.PositiveIntegerField()),
                ('spread', models.PositiveIntegerField(default=0)),
                ('ordered_at', models.DateTimeField()),
                ('cancelled_at', models.DateTimeField(null=True)),
                ('ordered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('undoes', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='undone_by', to='services.dossierbatch')),
            ],
        ),
        migrations.CreateModel(
            name='BatchItem',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('place', models.PositiveIntegerField()),
                ('revision', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('done', 'done'), ('failed', 'failed'), ('cancelled', 'cancelled')], max_length=10)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('ended_at', models.DateTimeField(null=True)),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='services.dossier')),
                ('was', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='services.dossierbatch')),
            ],
        ),
        migrations.CreateModel(
            name='LeaveCover',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('valid', django.contrib.postgres.fields.ranges.DateRangeField(verbose_name='days')),
                ('decision_no', models.CharField(max_length=60, verbose_name='number of the decision')),
                ('decision_on', models.DateField(verbose_name='date of the decision')),
                ('entered_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('absent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='staff.assignment')),
                ('cover', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='staff.assignment')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
            ],
        ),
        migrations.CreateModel(
            name='CoveredStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('given_at', models.DateTimeField()),
                ('back_at', models.DateTimeField(null=True)),
                ('from_officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('step', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='covered', to='services.workitem')),
                ('to_officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('leave', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='services.leavecover')),
            ],
        ),
        migrations.CreateModel(
            name='ListExport',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('list', models.CharField(max_length=40)),
                ('query', models.CharField(blank=True, max_length=2000)),
                ('columns', models.CharField(max_length=500)),
                ('format', models.CharField(max_length=5)),
                ('purpose', models.CharField(blank=True, max_length=300)),
                ('number', models.PositiveIntegerField()),
                ('made_at', models.DateTimeField()),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='SavedFilter',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=80, verbose_name='name of the filter')),
                ('query', models.CharField(blank=True, max_length=2000)),
                ('saved_at', models.DateTimeField()),
                ('revision', models.PositiveIntegerField(default=1)),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('saved_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
            ],
        ),
        migrations.AddIndex(
            model_name='dossierbatch',
            index=models.Index(fields=['ordered_by', '-ordered_at', 'id'], name='dossier_batch_of_user'),
        ),
        migrations.AddConstraint(
            model_name='dossierbatch',
            constraint=models.CheckConstraint(condition=models.Q(('deed__in', ['assign', 'take', 'accept', 'finish', 'hand_out', 'undo'])), name='dossier_batch_deed'),
        ),
        migrations.AddConstraint(
            model_name='dossierbatch',
            constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1), ('number__lte', 5000)), name='dossier_batch_size'),
        ),
        migrations.AddIndex(
            model_name='batchitem',
            index=models.Index(fields=['batch', 'state', 'place'], name='batch_item_progress'),
        ),
        migrations.AddConstraint(
            model_name='batchitem',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'done', 'failed', 'cancelled'])), name='batch_item_state'),
        ),
        migrations.AddConstraint(
            model_name='batchitem',
            constraint=models.UniqueConstraint(fields=('batch', 'place'), name='batch_item_place'),
        ),
        migrations.AddConstraint(
            model_name='batchitem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='batch_item_ended'),
        ),
        migrations.AddIndex(
            model_name='leavecover',
            index=models.Index(fields=['unit', '-entered_at', 'id'], name='leave_cover_unit'),
        ),
        migrations.AddConstraint(
            model_name='leavecover',
            constraint=models.CheckConstraint(condition=models.Q(('absent', models.F('cover')), _negated=True), name='leave_cover_by_another'),
        ),
        migrations.AddConstraint(
            model_name='leavecover',
            constraint=models.CheckConstraint(condition=models.Q(('valid__endswith__isnull', False), ('valid__startswith__isnull', False)), name='leave_cover_days'),
        ),
        migrations.AddConstraint(
            model_name='leavecover',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('ended_at', None)), expressions=[('absent', '='), ('valid', '&&')], name='leave_cover_one_at_a_time', violation_error_message='Somebody acts for this officer in these days already.'),
        ),
        migrations.AddIndex(
            model_name='coveredstep',
            index=models.Index(fields=['leave', 'id'], name='covered_step_leave'),
        ),
        migrations.AddConstraint(
            model_name='coveredstep',
            constraint=models.UniqueConstraint(condition=models.Q(('back_at', None)), fields=('step',), name='covered_step_one_open'),
        ),
        migrations.AddIndex(
            model_name='listexport',
            index=models.Index(fields=['made_by', '-made_at', 'id'], name='list_export_of_user'),
        ),
        migrations.AddConstraint(
            model_name='savedfilter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('owner', None), ('unit__isnull', False)), models.Q(('owner__isnull', False), ('unit', None)), _connector='OR'), name='saved_filter_of_somebody'),
        ),
        migrations.AddConstraint(
            model_name='savedfilter',
            constraint=models.UniqueConstraint(condition=models.Q(('owner__isnull', False)), fields=('owner', 'name'), name='saved_filter_own_name', violation_error_message='You have a filter of this name already.'),
        ),
        migrations.AddConstraint(
            model_name='savedfilter',
            constraint=models.UniqueConstraint(condition=models.Q(('unit__isnull', False)), fields=('unit', 'name'), name='saved_filter_unit_name', violation_error_message='The unit has a filter of this name already.'),
        ),
        *guard_state("services_batchitem", "services.batchitem"),
        *(
            step
            for table, seen in (
                ("services_dossierbatch", OWN_BATCH),
                ("services_batchitem", OF_BATCH),
                ("services_savedfilter", FILTER),
                ("services_listexport", EXPORT),
                ("services_leavecover", COVER),
                ("services_coveredstep", OF_COVER),
            )
            for step in (enable_rls(table), policy(table, using=seen))
        ),
        *only("services_dossierbatch", "spread, cancelled_at"),
        *only("services_batchitem", "state, note, was_id, ended_at"),
        revoke("services_listexport", "update", "delete"),
        *only("services_leavecover", "ended_at, revision"),
        *only("services_coveredstep", "back_at"),
    ]
