"""The papers of many dossiers as one PDF: seen by whoever ordered it, removed after a day."""

import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from portal.isolation.scopes import Purpose
from portal.isolation.sql import enable_rls, for_purpose, policy, revoke

OWN = "exists (select 1 from services_dossierbatch b where b.id = services_batchprint.batch_id)"
ENDS = for_purpose(Purpose.RETENTION)


class Migration(migrations.Migration):

    dependencies = [
        ('services', '0020_people'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BatchPrint',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('size', models.PositiveBigIntegerField(default=0)),
                ('pages', models.PositiveIntegerField(default=0)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('made_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='dossierbatch',
            name='dossier_batch_deed',
        ),
        migrations.AddField(
            model_name='batchitem',
            name='sheets',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=64), default=list, size=20),
        ),
        migrations.AlterField(
            model_name='dossierbatch',
            name='deed',
            field=models.CharField(choices=[('assign', 'assign'), ('take', 'take'), ('accept', 'accept'), ('finish', 'finish'), ('hand_out', 'hand_out'), ('print', 'print'), ('undo', 'undo')], max_length=12),
        ),
        migrations.AddConstraint(
            model_name='dossierbatch',
            constraint=models.CheckConstraint(condition=models.Q(('deed__in', ['assign', 'take', 'accept', 'finish', 'hand_out', 'print', 'undo'])), name='dossier_batch_deed'),
        ),
        migrations.AddField(
            model_name='batchprint',
            name='batch',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='printed', to='services.dossierbatch'),
        ),
        migrations.AddIndex(
            model_name='batchprint',
            index=models.Index(fields=['ends_at', 'id'], name='batch_print_ends'),
        ),
        migrations.AddConstraint(
            model_name='batchprint',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('pages', 0), ('sha256', ''), models.Q(('note', ''), _negated=True)), models.Q(models.Q(('sha256', ''), _negated=True), ('note', '')), _connector='OR'), name='batch_print_or_why_not'),
        ),
        enable_rls("services_batchprint"),
        policy("services_batchprint", using=OWN),
        revoke("services_batchprint", "update"),
        *(
            policy(table, using=ENDS, command="select", name=f"{table}_ends")
            for table in ("services_dossierbatch", "services_batchitem")
        ),
        migrations.RunSQL(
            "grant update (sheets) on services_batchitem to mc_app",
            "revoke update (sheets) on services_batchitem from mc_app",
        ),
    ]
