"""Contents by hash, and files. Rows of contents never change; of a file only what is judged and who may read it does."""

import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.db import migrations, models

from portal.events.sql import append_only, guard_state
from portal.isolation.scopes import Purpose
from portal.isolation.sql import by_citizen, by_unit, enable_rls, for_purpose, policy, revoke

FILES = "documents_storedfile"
WORK = for_purpose(Purpose.RELAY, Purpose.DEMO)  # scans that were given up are ordered again without a person
KEEPER = f"{by_unit()} or {by_citizen('owner')} or {WORK}"
READER = f"{KEEPER} or shared_with && (select mc_units())::bigint[]"
CHANGING = "state, cleared_by, judged_at, finding, shared_with"


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('units', '0007_version_in_order'),
        ('events', '0002_evidence'),
        ('isolation', '0001_scope'),
    ]

    operations = [
        migrations.CreateModel(
            name='Blob',
            fields=[
                ('sha256', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('size', models.BigIntegerField()),
                ('media_type', models.CharField(max_length=100)),
                ('stored_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='blob_hash'), models.CheckConstraint(condition=models.Q(('size__gt', 0)), name='blob_size')],
            },
        ),
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=255, verbose_name='name of the file')),
                ('kind', models.CharField(choices=[('attachment', 'paper of a dossier'), ('draft', "officer's draft"), ('incoming', 'document from another organ'), ('check', 'signed document to be checked'), ('bundle', 'archive of papers'), ('made', 'made by the portal')], max_length=20)),
                ('state', models.CharField(max_length=10)),
                ('cleared_by', models.CharField(blank=True, choices=[('made', 'made by the portal'), ('inspection', 'inspected, without a virus scanner'), ('scanner', 'inspected and scanned for viruses')], max_length=10)),
                ('judged_at', models.DateTimeField(null=True)),
                ('finding', models.CharField(blank=True, help_text='what the scanner calls the virus', max_length=200)),
                ('shared_with', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=100)),
                ('owner', models.UUIDField(null=True)),
                ('uploaded_at', models.DateTimeField()),
                ('uploaded_by', models.CharField(max_length=100)),
                ('blob', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='documents.blob')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='files', to='units.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['owner', '-uploaded_at', 'id'], name='file_owner'), models.Index(condition=models.Q(('state', 'quarantine')), fields=['uploaded_at', 'id'], name='file_waiting')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['attachment', 'draft', 'incoming', 'check', 'bundle', 'made'])), name='file_kind'), models.CheckConstraint(condition=models.Q(('state__in', ['quarantine', 'clean', 'refused'])), name='file_state'), models.CheckConstraint(condition=models.Q(models.Q(('cleared_by__in', ['made', 'inspection', 'scanner']), ('state', 'clean')), models.Q(models.Q(('state', 'clean'), _negated=True), ('cleared_by', '')), _connector='OR'), name='file_clean_has_a_reason'), models.CheckConstraint(condition=models.Q(('unit__isnull', False), ('owner__isnull', False), _connector='OR'), name='file_belongs_to_somebody', violation_error_message='A file belongs to a unit or to a citizen.')],
            },
        ),
        append_only("documents_blob"),
        *guard_state(FILES, "documents.storedfile"),
        enable_rls(FILES),
        policy(FILES, command="select", using=READER),
        policy(FILES, command="insert", check=KEEPER),
        policy(FILES, command="update", using=KEEPER),
        revoke(FILES, "delete", "update"),
        migrations.RunSQL(
            f"grant update ({CHANGING}) on {FILES} to mc_app", f"revoke update ({CHANGING}) on {FILES} from mc_app"
        ),
    ]
