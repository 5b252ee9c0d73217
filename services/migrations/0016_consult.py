"""Questions to other units, hand-overs with what and until when, and joined dossiers with their parts.

The asked unit sees the question and what was shared with it, never the dossier; one whose turn has not come, nothing.
A citizen sees what is asked openly. What was asked is never written again.
"""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from portal.events.sql import guard_state
from portal.isolation.scopes import Purpose
from portal.isolation.sql import by_unit, enable_rls, for_purpose, policy, revoke

TABLE = "services_consultation"
UNITS = " or ".join(by_unit(f"d.{name}_unit_id") for name in ("responsible", "receiving", "competent", "returning"))
WORK = for_purpose(Purpose.DEADLINES, Purpose.STATISTICS, Purpose.REORGANISATION, Purpose.BACKFILL, Purpose.RETENTION, Purpose.DEMO)
OWN = f"{by_unit('asking_unit_id')} or exists (select 1 from services_dossier d where d.id = {TABLE}.dossier_id and ({UNITS} or {WORK}))"
ASKED = f"{by_unit()} and state <> 'waiting'"
CITIZEN = f"not is_confidential and exists (select 1 from services_dossier d where d.id = {TABLE}.dossier_id)"
CHANGING = (
    "state, after_id, opened_at, due_at, remind_at, reminded_at, told_late_at, opinion, answer_sealed, answerer, answered_by_id, "
    "reason, ended_at, revision"
)
FILES = "services_consultationfile"
BEHIND = f"exists (select 1 from {TABLE} c where c.id = {FILES}.consultation_id)"
PARTS = "services_linkedpart"
PART = f"exists (select 1 from services_dossier d where d.id = {PARTS}.dossier_id)"


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0006_partial_uploads'),
        ('events', '0002_evidence'),
        ('isolation', '0001_scope'),
        ('services', '0013_money'),
        ('units', '0007_version_in_order'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Consultation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('opinion', 'opinion'), ('verification', 'verification'), ('task', 'task')], max_length=12)),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('open', 'open'), ('answered', 'answered'), ('revoked', 'revoked')], max_length=8)),
                ('is_confidential', models.BooleanField()),
                ('working_days', models.PositiveSmallIntegerField()),
                ('asked_sealed', models.BinaryField()),
                ('asked_at', models.DateTimeField()),
                ('opened_at', models.DateTimeField(null=True)),
                ('due_at', models.DateTimeField(null=True)),
                ('remind_at', models.DateTimeField(null=True)),
                ('reminded_at', models.DateTimeField(null=True)),
                ('told_late_at', models.DateTimeField(null=True)),
                ('opinion', models.CharField(blank=True, choices=[('agrees', 'agrees'), ('agrees_if', 'agrees_if'), ('objects', 'objects'), ('not_competent', 'not_competent'), ('done', 'done')], max_length=14)),
                ('answer_sealed', models.BinaryField(null=True)),
                ('asker', models.CharField(blank=True, max_length=120)),
                ('answerer', models.CharField(blank=True, max_length=120)),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='reason')),
                ('ended_at', models.DateTimeField(null=True)),
                ('revision', models.PositiveIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name='ConsultationFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_answer', models.BooleanField()),
            ],
        ),
        migrations.CreateModel(
            name='LinkedPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=40)),
                ('number', models.PositiveSmallIntegerField()),
            ],
        ),
        migrations.AddField(
            model_name='handover',
            name='due_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='handover',
            name='giver',
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name='handover',
            name='taker',
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name='handover',
            name='note',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='handover',
            name='what',
            field=models.CharField(choices=[('dossier', 'dossier'), ('papers', 'papers'), ('result', 'result')], default='dossier', max_length=7),
        ),
        migrations.AddIndex(
            model_name='handover',
            index=models.Index(condition=models.Q(('received_at', None)), fields=['to_unit', 'due_at', 'id'], name='handover_coming'),
        ),
        migrations.AddIndex(
            model_name='handover',
            index=models.Index(condition=models.Q(('received_at', None)), fields=['from_unit', 'due_at', 'id'], name='handover_going'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(('what__in', ['dossier', 'papers', 'result'])), name='handover_what'),
        ),
        migrations.AddField(
            model_name='consultation',
            name='after',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followers', to='services.consultation'),
        ),
        migrations.AddField(
            model_name='consultation',
            name='answered_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='consultation',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='consultation',
            name='asking_unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit'),
        ),
        migrations.AddField(
            model_name='consultation',
            name='dossier',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consultations', to='services.dossier'),
        ),
        migrations.AddField(
            model_name='consultation',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit'),
        ),
        migrations.AddField(
            model_name='consultationfile',
            name='consultation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='services.consultation'),
        ),
        migrations.AddField(
            model_name='consultationfile',
            name='file',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile'),
        ),
        migrations.AddField(
            model_name='linkedpart',
            name='dossier',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='part_of', to='services.dossier'),
        ),
        migrations.AddField(
            model_name='linkedpart',
            name='joined',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='services.dossier'),
        ),
        migrations.AddIndex(
            model_name='consultation',
            index=models.Index(fields=['unit', 'state', 'due_at', 'id'], name='consultation_inbox'),
        ),
        migrations.AddIndex(
            model_name='consultation',
            index=models.Index(fields=['asking_unit', 'state', 'due_at', 'id'], name='consultation_asked'),
        ),
        migrations.AddIndex(
            model_name='consultation',
            index=models.Index(condition=models.Q(('reminded_at', None), ('state', 'open')), fields=['remind_at'], name='consultation_remind'),
        ),
        migrations.AddIndex(
            model_name='consultation',
            index=models.Index(condition=models.Q(('state', 'open'), ('told_late_at', None)), fields=['due_at'], name='consultation_late'),
        ),
        migrations.AddConstraint(
            model_name='consultation',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'open', 'answered', 'revoked'])), name='consultation_state'),
        ),
        migrations.AddConstraint(
            model_name='consultation',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['opinion', 'verification', 'task'])), name='consultation_kind'),
        ),
        migrations.AddConstraint(
            model_name='consultation',
            constraint=models.UniqueConstraint(fields=('dossier', 'number'), name='consultation_number'),
        ),
        migrations.AddConstraint(
            model_name='consultation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', False), ('state__in', ['answered', 'revoked'])), models.Q(models.Q(('state__in', ['answered', 'revoked']), _negated=True), ('ended_at', None)), _connector='OR'), name='consultation_ended'),
        ),
        migrations.AddConstraint(
            model_name='consultation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'open'), _negated=True), ('due_at__isnull', False), _connector='OR'), name='consultation_open_has_due_moment'),
        ),
        migrations.AddConstraint(
            model_name='consultation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_by__isnull', False), ('state', 'answered')), models.Q(models.Q(('state', 'answered'), _negated=True), ('answered_by', None)), _connector='OR'), name='consultation_answered_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='consultationfile',
            constraint=models.UniqueConstraint(fields=('consultation', 'file'), name='consultation_file_once'),
        ),
        migrations.AddIndex(
            model_name='linkedpart',
            index=models.Index(fields=['joined', 'number'], name='linked_part_joined'),
        ),
        migrations.AddConstraint(
            model_name='linkedpart',
            constraint=models.UniqueConstraint(fields=('joined', 'key'), name='linked_part_key'),
        ),
        migrations.AddConstraint(
            model_name='linkedpart',
            constraint=models.CheckConstraint(condition=models.Q(('joined', models.F('dossier')), _negated=True), name='linked_part_of_another'),
        ),
        *guard_state(TABLE, "services.consultation"),
        enable_rls(TABLE),
        policy(TABLE, using=f"{ASKED} or {OWN} or {CITIZEN}", command="select"),
        policy(TABLE, check=OWN, command="insert"),
        policy(TABLE, using=f"{ASKED} or {OWN}", check="true", command="update"),
        enable_rls(FILES),
        policy(FILES, using=BEHIND),
        enable_rls(PARTS),
        policy(PARTS, using=PART),
        revoke(TABLE, "update", "delete"),
        revoke(FILES, "update", "delete"),
        revoke(PARTS, "update", "delete"),
        migrations.RunSQL(
            f"grant update ({CHANGING}) on {TABLE} to mc_app", f"revoke update ({CHANGING}) on {TABLE} from mc_app"
        ),
    ]
