"""Facts, sums, the watermark and frozen reports; who may see them. Evidence is read for the share of reuse only."""

import django.db.models.deletion
import portal.events.fields
import uuid
from django.conf import settings
from django.db import migrations, models

from portal.events.sql import append_only
from portal.isolation.scopes import Purpose
from portal.isolation.sql import by_citizen, by_unit, enable_rls, for_purpose, policy, revoke

FACT, FIGURE, TIMES = "dashboards_dossier_fact", "dashboards_month_figure", "dashboards_time_count"
REPORT = "dashboards_frozen_report"
COUNTING = for_purpose(Purpose.STATISTICS)
UNITS = " or ".join(by_unit(f"{name}_unit_id") for name in ("receiving", "competent", "returning", "responsible"))


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("events", "0002_evidence"),
        ("isolation", "0001_scope"),
        ('services', '0011_confirmation'),
        ('units', '0007_version_in_order'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Watermark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('xact', portal.events.fields.TransactionField()),
                ('as_of', models.DateTimeField()),
                ('rebuilt_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'dashboards_watermark',
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='watermark_one')],
            },
        ),
        migrations.CreateModel(
            name='DossierFact',
            fields=[
                ('dossier', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='services.dossier')),
                ('code', models.CharField(max_length=60)),
                ('state', models.CharField(max_length=12)),
                ('channel', models.CharField(max_length=6)),
                ('submitted_at', models.DateTimeField()),
                ('received_at', models.DateTimeField(null=True)),
                ('received_month', models.DateField(null=True)),
                ('finished_at', models.DateTimeField(null=True)),
                ('finished_month', models.DateField(null=True)),
                ('due_at', models.DateTimeField(null=True)),
                ('paused_at', models.DateTimeField(null=True)),
                ('net_seconds', models.BigIntegerField(null=True)),
                ('net_minutes', models.IntegerField(null=True)),
                ('supplements', models.PositiveSmallIntegerField()),
                ('late', models.BooleanField()),
                ('slow', models.BooleanField()),
                ('cause', models.CharField(choices=[('supplements', 'supplements'), ('untaken', 'untaken'), ('reception', 'reception'), ('specialist', 'specialist'), ('leader', 'leader'), ('clerk', 'clerk'), ('returns', 'returns'), ('unknown', 'unknown')], max_length=12)),
                ('full_online', models.BooleanField()),
                ('digitised', models.BooleanField()),
                ('on_paper', models.BooleanField()),
                ('has_result', models.BooleanField()),
                ('reused', models.BooleanField()),
                ('used_population', models.BooleanField()),
                ('used_store', models.BooleanField()),
                ('lowest_score', models.PositiveSmallIntegerField(null=True)),
                ('competent_unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
                ('officer', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('procedure', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='services.procedure')),
                ('receiving_unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
                ('responsible_unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
                ('returning_unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
                ('version', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='services.procedureversion')),
            ],
            options={
                'db_table': 'dashboards_dossier_fact',
                'indexes': [models.Index(fields=['receiving_unit', 'received_month', 'dossier'], name='fact_receiving_came'), models.Index(fields=['receiving_unit', 'finished_month', 'dossier'], name='fact_receiving_went'), models.Index(fields=['competent_unit', 'received_month', 'dossier'], name='fact_competent_came'), models.Index(fields=['competent_unit', 'finished_month', 'dossier'], name='fact_competent_went'), models.Index(fields=['returning_unit', 'received_month', 'dossier'], name='fact_returning_came'), models.Index(fields=['returning_unit', 'finished_month', 'dossier'], name='fact_returning_went'), models.Index(fields=['officer', 'finished_month', 'dossier'], name='fact_officer'), models.Index(condition=models.Q(('finished_at', None)), fields=['due_at', 'dossier'], include=('receiving_unit', 'competent_unit', 'returning_unit', 'responsible_unit', 'officer', 'procedure', 'state', 'paused_at', 'received_at', 'cause'), name='fact_open'), models.Index(condition=models.Q(('late', True)), fields=['finished_month'], include=('receiving_unit', 'competent_unit', 'returning_unit', 'responsible_unit', 'officer', 'dossier', 'procedure', 'received_at', 'cause'), name='fact_late'), models.Index(fields=['procedure', 'finished_month'], include=('receiving_unit', 'competent_unit', 'returning_unit', 'responsible_unit', 'officer', 'dossier', 'received_at', 'net_minutes'), name='fact_procedure'), models.Index(condition=models.Q(('slow', True)), fields=['finished_at', 'dossier'], name='fact_slow'), models.Index(fields=['-submitted_at', 'dossier'], name='fact_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['submitted', 'accepted', 'refused', 'processing', 'supplement', 'payment', 'withdrawn', 'stopped', 'decided', 'returned'])), name='dossier_fact_state'), models.CheckConstraint(condition=models.Q(('cause__in', ['supplements', 'untaken', 'reception', 'specialist', 'leader', 'clerk', 'returns', 'unknown'])), name='dossier_fact_cause')],
            },
        ),
        migrations.CreateModel(
            name='FrozenReport',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('first', models.DateField()),
                ('last', models.DateField()),
                ('content', models.JSONField()),
                ('digest', models.CharField(max_length=64)),
                ('frozen_at', models.DateTimeField()),
                ('frozen_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
            ],
            options={
                'db_table': 'dashboards_frozen_report',
                'constraints': [models.CheckConstraint(condition=models.Q(('first__lte', models.F('last'))), name='frozen_report_days'), models.UniqueConstraint(fields=('unit', 'first', 'last'), name='frozen_report_once')],
            },
        ),
        migrations.CreateModel(
            name='MonthFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('receiving', 'receiving'), ('competent', 'competent'), ('returning', 'returning')], max_length=9)),
                ('span', models.CharField(choices=[('month', 'month'), ('year', 'year')], max_length=5)),
                ('month', models.DateField()),
                ('procedure_id', models.BigIntegerField()),
                ('received', models.IntegerField()),
                ('online', models.IntegerField()),
                ('digitised', models.IntegerField()),
                ('reused', models.IntegerField()),
                ('full_online', models.IntegerField()),
                ('online_result', models.IntegerField()),
                ('complete', models.IntegerField()),
                ('used_population', models.IntegerField()),
                ('used_store', models.IntegerField()),
                ('finished', models.IntegerField()),
                ('on_time', models.IntegerField()),
                ('late', models.IntegerField()),
                ('kept_time', models.IntegerField()),
                ('on_paper', models.IntegerField()),
                ('with_result', models.IntegerField()),
                ('disliked', models.IntegerField()),
                ('net_seconds', models.BigIntegerField()),
                ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
            ],
            options={
                'db_table': 'dashboards_month_figure',
                'indexes': [models.Index(condition=models.Q(('procedure_id', 0)), fields=['role', 'unit', 'span', 'month'], name='month_figure_whole')],
                'constraints': [models.UniqueConstraint(fields=('role', 'unit', 'span', 'month', 'procedure_id'), name='month_figure_once')],
            },
        ),
        migrations.CreateModel(
            name='TimeCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('receiving', 'receiving'), ('competent', 'competent'), ('returning', 'returning')], max_length=9)),
                ('month', models.DateField()),
                ('minutes', models.IntegerField()),
                ('number', models.IntegerField()),
                ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
            ],
            options={
                'db_table': 'dashboards_time_count',
                'constraints': [models.UniqueConstraint(fields=('role', 'unit', 'month', 'minutes'), name='time_count_once')],
            },
        ),
        enable_rls(FACT),
        policy(FACT, using=f"{COUNTING} or {by_citizen('officer_id')} or {UNITS}", command="select"),
        policy(FACT, using=COUNTING, name=f"{FACT}_counting"),
        enable_rls(FIGURE),
        policy(FIGURE, using=f"{COUNTING} or {by_unit()}", command="select"),
        policy(FIGURE, using=COUNTING, name=f"{FIGURE}_counting"),
        enable_rls(TIMES),
        policy(TIMES, using=f"{COUNTING} or {by_unit()}", command="select"),
        policy(TIMES, using=COUNTING, name=f"{TIMES}_counting"),
        enable_rls(REPORT),
        policy(REPORT, using=by_unit()),
        append_only(REPORT),
        revoke(REPORT, "update", "delete"),
        policy("services_evidence", using=COUNTING, command="select", name="services_evidence_counting"),
    ]
