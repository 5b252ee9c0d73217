"""Petitions as they are counted, and what dossiers owe and pay.

Sums and facts follow from dossiers: without a watermark the next refresh counts everything anew. A petition is seen by the unit that answers for it, and by no officer whom it complains about.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from portal.isolation.scopes import Purpose
from portal.isolation.sql import by_unit, enable_rls, for_purpose, policy

FACT = "dashboards_petition_fact"
COUNTING = for_purpose(Purpose.STATISTICS)
# An officer's own scope names the officer as citizen; a figure is asked for with the unit alone, and is whole.
OFFICERS = f"{by_unit()} and not coalesce((select mc_citizen()) = any (barred), false)"


def _new(model, name, field):
    """Filled with nothing until the next count, and without a default afterwards."""
    return migrations.AddField(model_name=model, name=name, field=field, preserve_default=False)


class Migration(migrations.Migration):

    dependencies = [
        ('dashboards', '0001_figures'),
        ('services', '0017_lateness'),
        ('units', '0007_version_in_order'),
    ]

    operations = [
        _new('dossierfact', 'fee_due', models.BooleanField(default=False)),
        migrations.AddField('dossierfact', 'paid_month', models.DateField(null=True)),
        _new('dossierfact', 'complained', models.BooleanField(default=False)),
        _new('monthfigure', 'fee_due', models.IntegerField(default=0)),
        _new('monthfigure', 'paid_online', models.IntegerField(default=0)),
        _new('monthfigure', 'displeased', models.IntegerField(default=0)),
        migrations.AddIndex(
            model_name='dossierfact',
            index=models.Index(condition=models.Q(('paid_month__isnull', False)), fields=['procedure', 'paid_month'], include=('receiving_unit', 'competent_unit', 'returning_unit', 'responsible_unit', 'officer'), name='fact_paid'),
        ),
        migrations.CreateModel(
            name='PetitionFact',
            fields=[
                ('petition', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='services.petition')),
                ('barred', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=100)),
                ('reference', models.CharField(max_length=20)),
                ('kind', models.CharField(max_length=20)),
                ('state', models.CharField(max_length=10)),
                ('filed_at', models.DateTimeField()),
                ('handled_at', models.DateTimeField(null=True)),
                ('answer_due_at', models.DateTimeField(null=True)),
                ('late_from', models.DateTimeField(null=True)),
                ('repeated', models.BooleanField()),
                ('score', models.PositiveSmallIntegerField(null=True)),
                ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
            ],
            options={
                'db_table': 'dashboards_petition_fact',
                'indexes': [
                    models.Index(fields=['unit', '-filed_at', 'petition'], name='petition_fact_filed'),
                    models.Index(fields=['unit', 'handled_at'], name='petition_fact_handled'),
                    models.Index(fields=['unit', 'answer_due_at'], name='petition_fact_due'),
                ],
            },
        ),
        migrations.RunSQL("delete from dashboards_watermark", migrations.RunSQL.noop),
        enable_rls(FACT),
        policy(FACT, using=f"{COUNTING} or ({OFFICERS})", command="select"),
        policy(FACT, using=COUNTING, name=f"{FACT}_counting"),
    ]
