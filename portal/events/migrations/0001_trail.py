
import django.contrib.postgres.fields
import django.db.models.functions.datetime
import portal.events.fields
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='ChainHead',
            fields=[
                ('unit_id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('seq', models.BigIntegerField()),
                ('hash', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='EventConcern',
            fields=[
                ('pk', models.CompositePrimaryKey('person', 'event_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('person', models.UUIDField()),
                ('event_id', models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='EventLink',
            fields=[
                ('pk', models.CompositePrimaryKey('unit_id', 'seq', blank=True, editable=False, primary_key=True, serialize=False)),
                ('unit_id', models.BigIntegerField()),
                ('seq', models.BigIntegerField()),
                ('event_id', models.BigIntegerField(unique=True)),
                ('content_hash', models.BinaryField()),
                ('prev_hash', models.BinaryField()),
                ('hash', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='Heartbeat',
            fields=[
                ('queue', models.CharField(max_length=30, primary_key=True, serialize=False)),
                ('last_tick', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Seal',
            fields=[
                ('number', models.BigIntegerField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('root', models.BinaryField()),
                ('units', models.IntegerField(help_text='how many heads the root covers')),
                ('previous_hash', models.BinaryField()),
                ('hash', models.BinaryField()),
                ('key_id', models.CharField(max_length=16)),
                ('signature', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='SealedHead',
            fields=[
                ('pk', models.CompositePrimaryKey('unit_id', 'seal_number', blank=True, editable=False, primary_key=True, serialize=False)),
                ('unit_id', models.BigIntegerField()),
                ('seal_number', models.BigIntegerField(db_index=True)),
                ('seq', models.BigIntegerField()),
                ('hash', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('topic', models.CharField(max_length=100)),
                ('handler', models.CharField(max_length=200)),
                ('queue', models.CharField(max_length=30)),
                ('shard', models.BigIntegerField(blank=True, help_text='unit; NULL when none is concerned', null=True)),
                ('event_id', models.BigIntegerField(blank=True, null=True)),
                ('payload', models.JSONField(blank=True, default=dict)),
                ('actor', models.CharField(max_length=100)),
                ('scope', models.JSONField(blank=True, default=dict)),
                ('created_at', models.DateTimeField()),
                ('not_before', models.DateTimeField()),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('lease_until', models.DateTimeField(blank=True, null=True)),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('dead_at', models.DateTimeField(blank=True, null=True)),
                ('last_error', models.CharField(blank=True, default='', max_length=500)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('dead_at__isnull', True), ('done_at__isnull', True)), fields=['not_before', 'id'], name='events_delivery_open'), models.Index(condition=models.Q(('dead_at__isnull', False)), fields=['-dead_at', 'id'], name='events_delivery_dead'), models.Index(condition=models.Q(('done_at__isnull', False)), fields=['done_at'], name='events_delivery_done'), models.Index(fields=['event_id'], name='events_delivery_event')],
                'constraints': [models.CheckConstraint(condition=models.Q(('done_at__isnull', True), ('dead_at__isnull', True), _connector='OR'), name='events_delivery_one_end', violation_error_message='A delivery is done or dead, not both.')],
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100)),
                ('subject_type', models.CharField(max_length=100)),
                ('subject_id', models.CharField(max_length=100)),
                ('actor', models.CharField(max_length=100)),
                ('on_behalf_of', models.CharField(blank=True, default='', max_length=100)),
                ('unit_id', models.BigIntegerField(blank=True, null=True)),
                ('before', models.CharField(blank=True, default='', max_length=50)),
                ('after', models.CharField(blank=True, default='', max_length=50)),
                ('facts', models.JSONField(blank=True, default=dict)),
                ('concerns', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list, size=None)),
                ('request_id', models.CharField(blank=True, default='', max_length=64)),
                ('ip', models.GenericIPAddressField(blank=True, null=True)),
                ('at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('xact', portal.events.fields.TransactionField(db_default=portal.events.fields.CurrentTransaction(), editable=False)),
                ('salt', models.BinaryField(db_default=b'')),
            ],
            options={
                'indexes': [models.Index(fields=['subject_type', 'subject_id', 'id'], name='events_event_subject'), models.Index(fields=['xact', 'subject_id'], name='events_event_xact'), models.Index(fields=['unit_id', '-id'], name='events_event_unit')],
                'constraints': [models.CheckConstraint(condition=models.Q(('name__regex', '^[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*){1,5}$')), name='events_event_name', violation_error_message='An event is called app.subject.verb.'), models.CheckConstraint(condition=models.Q(('unit_id__isnull', True), ('unit_id__gt', 0), _connector='OR'), name='events_event_unit_not_zero', violation_error_message='Unit 0 is the chain of events without a unit.')],
            },
        ),
    ]
