"""Certificates, trusted authorities, signatures that were made."""

import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.db import migrations, models

from portal.events.sql import append_only, guard_state
from portal.isolation.scopes import Purpose
from portal.isolation.sql import by_unit, enable_rls, for_purpose, policy

OWN = f"{by_unit()} or {for_purpose(Purpose.DEMO)}"


class Migration(migrations.Migration):

    dependencies = [
        ("documents", "0002_registers"),
        ("events", "0002_evidence"),
        ("isolation", "0001_scope"),
        ("staff", "0004_unit_alive"),
        ("units", "0005_state_guard"),
    ]

    operations = [
        migrations.CreateModel(
            name='TrustAnchor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('fingerprint', models.CharField(max_length=64, unique=True)),
                ('certificate', models.BinaryField()),
                ('hosts', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=253), size=20)),
                ('policy_url', models.URLField(blank=True, max_length=500)),
                ('is_trial', models.BooleanField()),
                ('state', models.CharField(choices=[('trusted', 'trusted'), ('removed', 'struck')], max_length=10)),
                ('recorded_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['trusted', 'removed'])), name='trust_anchor_state')],
            },
        ),
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('holder', models.CharField(choices=[('person', 'person'), ('organ', 'organ')], max_length=10)),
                ('subject', models.CharField(max_length=500)),
                ('issuer', models.CharField(max_length=500)),
                ('serial', models.CharField(max_length=64)),
                ('fingerprint', models.CharField(max_length=64, unique=True)),
                ('certificate', models.BinaryField()),
                ('chain', django.contrib.postgres.fields.ArrayField(base_field=models.BinaryField(), size=10)),
                ('valid_from', models.DateTimeField()),
                ('valid_to', models.DateTimeField()),
                ('backend', models.CharField(max_length=40)),
                ('key', models.CharField(max_length=200)),
                ('picture', models.BinaryField()),
                ('is_trial', models.BooleanField()),
                ('state', models.CharField(choices=[('registered', 'in use'), ('suspended', 'suspended'), ('revoked', 'revoked')], max_length=10)),
                ('recorded_at', models.DateTimeField()),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='staff.person')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='units.unit')),
                ('anchor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='documents.trustanchor')),
            ],
        ),
        migrations.CreateModel(
            name='SignatureRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(max_length=60)),
                ('level', models.CharField(max_length=10)),
                ('digest_before', models.CharField(max_length=64)),
                ('digest_after', models.CharField(max_length=64, unique=True)),
                ('status_digest', models.CharField(max_length=64)),
                ('time_stamped_at', models.DateTimeField()),
                ('report', models.JSONField()),
                ('recorded_at', models.DateTimeField()),
                ('certificate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='documents.certificate')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signature_records', to='units.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['unit', '-id'], name='signature_record_unit')],
            },
        ),
        migrations.AddIndex(
            model_name='certificate',
            index=models.Index(fields=['unit', 'holder', 'state'], name='certificate_unit'),
        ),
        migrations.AddIndex(
            model_name='certificate',
            index=models.Index(fields=['person', 'state'], name='certificate_person'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['registered', 'suspended', 'revoked'])), name='certificate_state'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('holder', 'person'), ('person__isnull', False)), models.Q(('holder', 'organ'), ('person__isnull', True)), _connector='OR'), name='certificate_holder'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from__lt', models.F('valid_to'))), name='certificate_days'),
        ),
        *guard_state("documents_trustanchor", "documents.trustanchor"),
        *guard_state("documents_certificate", "documents.certificate"),
        append_only("documents_signaturerecord"),
        enable_rls("documents_certificate"),
        policy("documents_certificate", using=OWN),
        enable_rls("documents_signaturerecord"),
        policy("documents_signaturerecord", using=OWN),
    ]
