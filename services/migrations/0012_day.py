"""Numbers drawn at the desk, and codes set aside for an outage."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from portal.events.sql import guard_state
from portal.isolation.sql import revoke


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0002_evidence'),
        ('services', '0011_confirmation'),
        ('units', '0007_version_in_order'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PaperBlock',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('day', models.DateField()),
                ('reason', models.CharField(max_length=300)),
                ('taken_at', models.DateTimeField()),
                ('taken_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
            ],
        ),
        migrations.CreateModel(
            name='PaperNumber',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=60, unique=True)),
                ('state', models.CharField(choices=[('free', 'free'), ('used', 'used'), ('void', 'void')], max_length=4)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('ended_at', models.DateTimeField(null=True)),
                ('block', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='numbers', to='services.paperblock')),
                ('dossier', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='paper_number', to='services.dossier')),
            ],
        ),
        migrations.CreateModel(
            name='Ticket',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('day', models.DateField()),
                ('number', models.PositiveSmallIntegerField()),
                ('errand', models.CharField(choices=[('file', 'To file a dossier'), ('collect', 'To collect a result'), ('ask', 'To ask or to supplement')], max_length=7)),
                ('priority', models.BooleanField(default=False)),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('called', 'called'), ('served', 'served'), ('missed', 'missed'), ('lapsed', 'lapsed')], max_length=7)),
                ('counter', models.CharField(blank=True, max_length=20, verbose_name='counter')),
                ('calls', models.PositiveSmallIntegerField(default=0)),
                ('drawn_at', models.DateTimeField()),
                ('first_called_at', models.DateTimeField(null=True)),
                ('called_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('officer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
            ],
        ),
        migrations.CreateModel(
            name='TicketCounter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('last', models.PositiveSmallIntegerField(default=0)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
            ],
        ),
        migrations.AddIndex(
            model_name='paperblock',
            index=models.Index(fields=['unit', '-day', 'id'], name='paper_block_unit'),
        ),
        migrations.AddIndex(
            model_name='papernumber',
            index=models.Index(fields=['block', 'code'], name='paper_number_block'),
        ),
        migrations.AddConstraint(
            model_name='papernumber',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('dossier', None), ('ended_at', None), ('state', 'free')), models.Q(('dossier__isnull', False), ('ended_at__isnull', False), ('state', 'used')), models.Q(('dossier', None), ('ended_at__isnull', False), ('state', 'void'), models.Q(('note', ''), _negated=True)), _connector='OR'), name='paper_number_state'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(fields=['unit', 'day', 'state', 'number'], name='ticket_queue'),
        ),
        migrations.AddConstraint(
            model_name='ticket',
            constraint=models.UniqueConstraint(fields=('unit', 'day', 'number'), name='ticket_number_once'),
        ),
        migrations.AddConstraint(
            model_name='ticket',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'called', 'served', 'missed', 'lapsed'])), name='ticket_state'),
        ),
        migrations.AddConstraint(
            model_name='ticket',
            constraint=models.CheckConstraint(condition=models.Q(('errand__in', ['file', 'collect', 'ask'])), name='ticket_errand'),
        ),
        migrations.AddConstraint(
            model_name='ticket',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'called')), fields=('unit', 'day', 'counter'), name='ticket_one_at_a_counter', violation_error_message='Somebody stands at this counter already.'),
        ),
        migrations.AddConstraint(
            model_name='ticketcounter',
            constraint=models.UniqueConstraint(fields=('unit', 'day'), name='ticket_counter_once'),
        ),
        *guard_state("services_ticket", "services.ticket"),
        *guard_state("services_papernumber", "services.papernumber"),
        revoke("services_ticket", "delete"),
        revoke("services_ticketcounter", "delete"),
        revoke("services_paperblock", "update", "delete"),
        revoke("services_papernumber", "delete"),
    ]
