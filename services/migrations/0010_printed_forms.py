"""Printed forms get a state and keys that nobody counts. The table that stood here before was never written to."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from portal.events.sql import guard_state
from portal.isolation.sql import enable_rls, policy, revoke

TABLE = "services_printedform"
CHANGING = "state, file_id"
SEEN = f"exists (select 1 from services_dossier d where d.id = {TABLE}.dossier_id)"


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0005_verification'),
        ('events', '0002_evidence'),
        ('isolation', '0001_scope'),
        ('services', '0009_typed_answers'),
        ('units', '0007_version_in_order'),
    ]

    operations = [
        migrations.DeleteModel(name='PrintedForm'),
        migrations.CreateModel(
            name='PrintedForm',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('form', models.CharField(choices=[('form-01', 'form-01'), ('form-02', 'form-02'), ('form-03', 'form-03'), ('form-05', 'form-05')], max_length=20)),
                ('state', models.CharField(choices=[('ordered', 'ordered'), ('unsigned', 'unsigned'), ('signed', 'signed'), ('failed', 'failed')], max_length=10)),
                ('data_sealed', models.BinaryField()),
                ('printed_at', models.DateTimeField()),
                ('printed_by', models.CharField(max_length=100)),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='printed_forms', to='services.dossier')),
                ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['dossier', '-printed_at', 'id'], name='printed_form_dossier')],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('form__in', ['form-01', 'form-02', 'form-03', 'form-05'])), name='printed_form_known'),
                    models.CheckConstraint(condition=models.Q(('state__in', ['ordered', 'unsigned', 'signed', 'failed'])), name='printed_form_state'),
                    models.CheckConstraint(condition=models.Q(models.Q(('file__isnull', False), ('state__in', ['unsigned', 'signed'])), models.Q(models.Q(('state__in', ['unsigned', 'signed']), _negated=True), ('file', None)), _connector='OR'), name='printed_form_has_file'),
                ],
            },
        ),
        *guard_state(TABLE, "services.printedform"),
        enable_rls(TABLE),
        policy(TABLE, using=SEEN),
        revoke(TABLE, "update", "delete"),
        migrations.RunSQL(
            f"grant update ({CHANGING}) on {TABLE} to mc_app", f"revoke update ({CHANGING}) on {TABLE} from mc_app"
        ),
    ]
