"""Warnings before the due moment, extensions with Form 04, real moments beside clicks, corrections of results.

What was proposed, claimed or said is never written again; only how it ended is.
"""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from portal.events.sql import append_only, guard_state
from portal.isolation.sql import enable_rls, policy, revoke

CHANGING = {
    "extension": "state, ended_by_id, ended_at, answer, late_apology, form_id",
    "realmoment": "state, ended_by_id, ended_at, answer",
    "correction": "state, begun_by_id, begun_at, ended_at, answer, due_at, new_document",
}
TABLES = ("duewarning", *CHANGING)


def _seen(table):
    return f"exists (select 1 from services_dossier d where d.id = services_{table}.dossier_id)"


def _columns(table):
    name, changing = f"services_{table}", CHANGING[table]
    return migrations.RunSQL(
        f"grant update ({changing}) on {name} to mc_app", f"revoke update ({changing}) on {name} from mc_app"
    )


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0002_evidence'),
        ('isolation', '0001_scope'),
        ('documents', '0006_partial_uploads'),
        ('services', '0015_lists'),
        ('units', '0007_version_in_order'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('asked', 'asked'), ('begun', 'begun'), ('declined', 'declined'), ('done', 'done')], max_length=9)),
                ('found_by', models.CharField(choices=[('citizen', 'citizen'), ('office', 'office')], max_length=7)),
                ('wrong', models.CharField(max_length=1000, verbose_name='what is wrong')),
                ('asked_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('begun_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('answer', models.CharField(blank=True, max_length=1000)),
                ('old_document', models.UUIDField()),
                ('new_document', models.UUIDField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='DueWarning',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_at', models.DateTimeField()),
                ('days_left', models.PositiveSmallIntegerField()),
                ('told_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Extension',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('asked', 'asked'), ('approved', 'approved'), ('declined', 'declined'), ('lapsed', 'lapsed')], max_length=9)),
                ('reason', models.CharField(max_length=1000, verbose_name='reason')),
                ('ground', models.CharField(max_length=300, verbose_name='legal ground')),
                ('old_due_at', models.DateTimeField()),
                ('new_due_at', models.DateTimeField()),
                ('asked_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('answer', models.CharField(blank=True, max_length=1000)),
                ('late_apology', models.BooleanField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='RealMoment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('claimed', 'claimed'), ('confirmed', 'confirmed'), ('refused', 'refused')], max_length=9)),
                ('clicked_at', models.DateTimeField()),
                ('really_at', models.DateTimeField()),
                ('reason', models.CharField(max_length=1000, verbose_name='reason')),
                ('proof', models.CharField(max_length=500, verbose_name='proof')),
                ('claimed_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('answer', models.CharField(blank=True, max_length=1000)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='printedform',
            name='printed_form_known',
        ),
        migrations.AlterField(
            model_name='printedform',
            name='form',
            field=models.CharField(choices=[('form-01', 'form-01'), ('form-02', 'form-02'), ('form-03', 'form-03'), ('form-04', 'form-04'), ('form-05', 'form-05'), ('fee-receipt', 'fee-receipt')], max_length=20),
        ),
        migrations.AddConstraint(
            model_name='printedform',
            constraint=models.CheckConstraint(condition=models.Q(('form__in', ['form-01', 'form-02', 'form-03', 'form-04', 'form-05', 'fee-receipt'])), name='printed_form_known'),
        ),
        migrations.AddField(
            model_name='correction',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='correction',
            name='begun_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='correction',
            name='dossier',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='services.dossier'),
        ),
        migrations.AddField(
            model_name='duewarning',
            name='dossier',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='due_warnings', to='services.dossier'),
        ),
        migrations.AddField(
            model_name='extension',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='extension',
            name='dossier',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extensions', to='services.dossier'),
        ),
        migrations.AddField(
            model_name='extension',
            name='ended_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='extension',
            name='form',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='services.printedform'),
        ),
        migrations.AddField(
            model_name='realmoment',
            name='claimed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='realmoment',
            name='dossier',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='real_moments', to='services.dossier'),
        ),
        migrations.AddField(
            model_name='realmoment',
            name='ended_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='realmoment',
            name='file',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile'),
        ),
        migrations.AddField(
            model_name='realmoment',
            name='step',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='real_moments', to='services.workitem'),
        ),
        migrations.AddIndex(
            model_name='correction',
            index=models.Index(fields=['dossier', 'asked_at'], name='correction_dossier'),
        ),
        migrations.AddIndex(
            model_name='correction',
            index=models.Index(condition=models.Q(('state__in', ['asked', 'begun'])), fields=['due_at'], name='correction_open'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'begun', 'declined', 'done'])), name='correction_state'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(('found_by__in', ['citizen', 'office'])), name='correction_found_by'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['asked', 'begun'])), fields=('dossier',), name='correction_one_open', violation_error_message='This result is being corrected already.'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('new_document__isnull', False), ('state', 'done')), models.Q(models.Q(('state', 'done'), _negated=True), ('new_document', None)), _connector='OR'), name='correction_done_has_result'),
        ),
        migrations.AddConstraint(
            model_name='duewarning',
            constraint=models.UniqueConstraint(fields=('dossier', 'due_at', 'days_left'), name='due_warning_once'),
        ),
        migrations.AddIndex(
            model_name='extension',
            index=models.Index(fields=['dossier', 'asked_at'], name='extension_dossier'),
        ),
        migrations.AddIndex(
            model_name='extension',
            index=models.Index(condition=models.Q(('state', 'asked')), fields=['old_due_at'], name='extension_waiting'),
        ),
        migrations.AddConstraint(
            model_name='extension',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'approved', 'declined', 'lapsed'])), name='extension_state'),
        ),
        migrations.AddConstraint(
            model_name='extension',
            constraint=models.CheckConstraint(condition=models.Q(('new_due_at__gt', models.F('old_due_at'))), name='extension_later', violation_error_message='The new moment lies after the old one.'),
        ),
        migrations.AddConstraint(
            model_name='extension',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'asked')), fields=('dossier',), name='extension_one_open', violation_error_message='An extension waits for the head already.'),
        ),
        migrations.AddConstraint(
            model_name='extension',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('state', 'asked')), models.Q(models.Q(('state', 'asked'), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='extension_ended'),
        ),
        migrations.AddConstraint(
            model_name='extension',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('form__isnull', False), ('late_apology__isnull', False), ('state', 'approved')), models.Q(models.Q(('state', 'approved'), _negated=True), ('form', None), ('late_apology', None)), _connector='OR'), name='extension_approved_has_form'),
        ),
        migrations.AddIndex(
            model_name='realmoment',
            index=models.Index(fields=['dossier', 'claimed_at'], name='real_moment_dossier'),
        ),
        migrations.AddConstraint(
            model_name='realmoment',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['claimed', 'confirmed', 'refused'])), name='real_moment_state'),
        ),
        migrations.AddConstraint(
            model_name='realmoment',
            constraint=models.CheckConstraint(condition=models.Q(('really_at__lt', models.F('clicked_at'))), name='real_moment_before_click', violation_error_message='The real moment lies before the click.'),
        ),
        migrations.AddConstraint(
            model_name='realmoment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), _negated=True), models.Q(('proof', ''), _negated=True)), name='real_moment_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='realmoment',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'refused'), _negated=True), fields=('dossier', 'step', 'clicked_at'), name='real_moment_once', nulls_distinct=False, violation_error_message='A real moment was entered for this already.'),
        ),
        migrations.AddConstraint(
            model_name='realmoment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('state', 'claimed')), models.Q(models.Q(('state', 'claimed'), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='real_moment_ended'),
        ),
        append_only("services_duewarning"),
        *(step for table in CHANGING for step in guard_state(f"services_{table}", f"services.{table}")),
        *(step for table in TABLES for step in (enable_rls(f"services_{table}"), policy(f"services_{table}", using=_seen(table)))),
        *(revoke(f"services_{table}", "update", "delete") for table in TABLES),
        *(_columns(table) for table in CHANGING),
    ]
