"""Results that go by post: slips and items; the breach of a correction, and what was mended
for it; where a draft's result is sent.

What was written on an envelope is never written again; only how it ended is.
"""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from portal.events.sql import guard_state
from portal.isolation.sql import by_unit, enable_rls, policy, revoke

ITEM, SLIP, MENDING = "services_postalitem", "services_postalslip", "services_mending"
SEEN = f"exists (select 1 from services_dossier d where d.id = {ITEM}.dossier_id)"
ON_IT = f"exists (select 1 from {ITEM} i where i.slip_id = {SLIP}.id)"
OF_CORRECTION = f"exists (select 1 from services_correction c where c.id = {MENDING}.correction_id)"
CHANGING = {
    ITEM: "to_sealed, state, tracking, happened_at, ended_at, ended_by_id, receiver, proof, reason, note",
    SLIP: "courier, handed_at, handed_by_id, entered_at",
    MENDING: "difference_sealed",  # sealed anew with another key
    "services_correction": "breached_at",
}


def _columns(table):
    changing = CHANGING[table]
    return migrations.RunSQL(
        f"grant update ({changing}) on {table} to mc_app", f"revoke update ({changing}) on {table} from mc_app"
    )


class Migration(migrations.Migration):

    dependencies = [
        ('services', '0018_retention'),
        ('units', '0007_version_in_order'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PostalItem',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('document', models.UUIDField()),
                ('attempt', models.PositiveSmallIntegerField()),
                ('state', models.CharField(choices=[('prepared', 'prepared'), ('sent', 'sent'), ('delivered', 'delivered'), ('came_back', 'came_back'), ('taken_off', 'taken_off')], max_length=9)),
                ('to_sealed', models.BinaryField()),
                ('tracking', models.CharField(blank=True, max_length=30, verbose_name='tracking number')),
                ('happened_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('receiver', models.CharField(blank=True, max_length=200)),
                ('proof', models.CharField(blank=True, max_length=200)),
                ('reason', models.CharField(blank=True, max_length=40)),
                ('note', models.CharField(blank=True, max_length=500)),
            ],
        ),
        migrations.CreateModel(
            name='PostalSlip',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('carrier', models.CharField(max_length=60, verbose_name='carrier')),
                ('made_at', models.DateTimeField()),
                ('courier', models.CharField(blank=True, max_length=120, verbose_name='who took it')),
                ('handed_at', models.DateTimeField(null=True)),
                ('entered_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='papernumber',
            name='paper_number_state',
        ),
        migrations.AddField(
            model_name='correction',
            name='breached_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='draft',
            name='postal_sealed',
            field=models.BinaryField(null=True),
        ),
        migrations.AddConstraint(
            model_name='papernumber',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('dossier', None), ('ended_at', None), ('state', 'free')), models.Q(('dossier__isnull', False), ('ended_at__isnull', False), ('state', 'used')), models.Q(('ended_at__isnull', False), ('state', 'void'), models.Q(('note', ''), _negated=True)), _connector='OR'), name='paper_number_state'),
        ),
        migrations.AddField(
            model_name='postalitem',
            name='dossier',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='postal_items', to='services.dossier'),
        ),
        migrations.AddField(
            model_name='postalitem',
            name='ended_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='postalslip',
            name='handed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='postalslip',
            name='made_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='postalslip',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit'),
        ),
        migrations.AddField(
            model_name='postalitem',
            name='slip',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='services.postalslip'),
        ),
        migrations.AddIndex(
            model_name='postalslip',
            index=models.Index(fields=['unit', '-made_at', 'id'], name='postal_slip_unit'),
        ),
        migrations.AddConstraint(
            model_name='postalslip',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('entered_at', None), ('handed_at', None)), ('handed_at__lte', models.F('entered_at')), _connector='OR'), name='postal_slip_handed', violation_error_message='It was given to the carrier before that was entered.'),
        ),
        migrations.AddIndex(
            model_name='postalitem',
            index=models.Index(fields=['slip', 'id'], name='postal_item_slip'),
        ),
        migrations.AddIndex(
            model_name='postalitem',
            index=models.Index(condition=models.Q(('state__in', ['prepared', 'sent'])), fields=['state', 'id'], name='postal_item_open'),
        ),
        migrations.AddConstraint(
            model_name='postalitem',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['prepared', 'sent', 'delivered', 'came_back', 'taken_off'])), name='postal_item_state'),
        ),
        migrations.AddConstraint(
            model_name='postalitem',
            constraint=models.UniqueConstraint(fields=('dossier', 'attempt'), name='postal_item_attempt'),
        ),
        migrations.AddConstraint(
            model_name='postalitem',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['prepared', 'sent'])), fields=('dossier',), name='postal_item_one_open', violation_error_message='The result is on its way by post already.'),
        ),
        migrations.AddConstraint(
            model_name='postalitem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('state__in', ['prepared', 'sent'])), models.Q(models.Q(('state__in', ['prepared', 'sent']), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='postal_item_ended'),
        ),
        migrations.AddConstraint(
            model_name='postalitem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'came_back'), _negated=True), models.Q(models.Q(('reason', ''), _negated=True), ('happened_at__isnull', False)), _connector='OR'), name='postal_item_came_back_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='postalitem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'delivered'), _negated=True), models.Q(models.Q(('receiver', ''), _negated=True), ('happened_at__isnull', False)), _connector='OR'), name='postal_item_delivered_to_somebody'),
        ),
        migrations.CreateModel(
            name='Mending',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('pointer', models.CharField(max_length=300)),
                ('difference_sealed', models.BinaryField()),
                ('reason', models.CharField(max_length=500, verbose_name='reason')),
                ('mended_at', models.DateTimeField()),
                ('correction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mendings', to='services.correction')),
                ('mended_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['correction', 'mended_at', 'id'], name='mending_correction')],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='mending_has_reason')],
            },
        ),
        *guard_state(ITEM, "services.postalitem"),
        enable_rls(ITEM),
        policy(ITEM, using=SEEN),
        enable_rls(SLIP),
        policy(SLIP, using=f"{by_unit()} or {ON_IT}", check=by_unit()),
        revoke(ITEM, "update", "delete"),
        revoke(SLIP, "update", "delete"),
        enable_rls(MENDING),
        policy(MENDING, using=OF_CORRECTION),
        revoke(MENDING, "update", "delete"),
        *map(_columns, CHANGING),
    ]
