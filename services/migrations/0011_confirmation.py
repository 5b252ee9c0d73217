"""The draft of a result as the citizen was shown it, and what came of it. What was shown is never written again."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from portal.events.sql import guard_state
from portal.isolation.sql import enable_rls, policy, revoke

TABLE = "services_confirmation"
CHANGING = "state, objection_sealed, ended_at"
SEEN = f"exists (select 1 from services_dossier d where d.id = {TABLE}.dossier_id)"


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0002_evidence'),
        ('isolation', '0001_scope'),
        ('services', '0010_printed_forms'),
        ('staff', '0004_unit_alive'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Confirmation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('state', models.CharField(choices=[('open', 'open'), ('confirmed', 'confirmed'), ('silent', 'silent'), ('objected', 'objected'), ('cancelled', 'cancelled')], max_length=9)),
                ('content_sealed', models.BinaryField()),
                ('objection_sealed', models.BinaryField(null=True)),
                ('asked_at', models.DateTimeField()),
                ('deadline_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='confirmations', to='services.dossier')),
                ('signer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='staff.assignment')),
                ('step', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='services.workitem')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'open')), fields=['deadline_at'], name='confirmation_deadline')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['open', 'confirmed', 'silent', 'objected', 'cancelled'])), name='confirmation_state'), models.UniqueConstraint(fields=('dossier', 'number'), name='confirmation_number'), models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('dossier',), name='confirmation_one_open', violation_error_message='The citizen has a draft to confirm already.'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='confirmation_ended')],
            },
        ),
        *guard_state(TABLE, "services.confirmation"),
        enable_rls(TABLE),
        policy(TABLE, using=SEEN),
        revoke(TABLE, "update", "delete"),
        migrations.RunSQL(
            f"grant update ({CHANGING}) on {TABLE} to mc_app", f"revoke update ({CHANGING}) on {TABLE} from mc_app"
        ),
    ]
