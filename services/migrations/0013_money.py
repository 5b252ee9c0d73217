"""Fees, payments, refunds and receipts. A payment moves with its event; what was heard and what was assessed stays as it was.

Whoever sees the dossier sees its money. What a bank tells comes without anybody signed in: for the purpose `payments`.
"""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from portal.events.sql import guard_state
from portal.isolation.scopes import Purpose
from portal.isolation.sql import by_unit, enable_rls, for_purpose, policy, revoke

OF_DOSSIER = ("fee", "payment", "feereceipt", "refund")
CHANGING = {
    "fee": "replaced_at, claimed, claim_evidence, claimed_at",
    "payment": "state, address, received, bank_key, expires_at, paid_at, settle_due_at, settled_at, alerted_at, note",
    "feereceipt": "form_id",
    "refund": "state, decided_by_id, decided_at, ended_at, note",
    "paymentmessage": "outcome, payment_id, unit_id, handled_at",
    "collectingaccount": "valid",
    "receiptcounter": "last",
}
BANK = for_purpose(Purpose.PAYMENTS)
# A message that fits no order belongs to no dossier: officers with the right to it look for its owner.
MESSAGE = (
    f"{BANK} or {by_unit()} or exists (select 1 from services_payment p where p.id = services_paymentmessage.payment_id)"
    " or (payment_id is null and unit_id is null and cardinality((select mc_units())::bigint[]) > 0)"
)


def _seen(table):
    return f"exists (select 1 from services_dossier d where d.id = services_{table}.dossier_id)"


def _only(table, columns):
    return migrations.RunSQL(
        f"grant update ({columns}) on services_{table} to mc_app",
        f"revoke update ({columns}) on services_{table} from mc_app",
    )


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0006_partial_uploads'),
        ('events', '0002_evidence'),
        ('isolation', '0001_scope'),
        ('services', '0012_day'),
        ('units', '0007_version_in_order'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CollectingAccount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('bank_bin', models.CharField(max_length=6)),
                ('bank_name', models.CharField(max_length=120)),
                ('account', models.CharField(max_length=19)),
                ('account_name', models.CharField(max_length=120)),
                ('tax_code', models.CharField(max_length=14)),
                ('receipt_form', models.CharField(max_length=20)),
                ('receipt_symbol', models.CharField(max_length=20)),
                ('entered_at', models.DateTimeField()),
                ('entered_by', models.CharField(max_length=100)),
            ],
        ),
        migrations.CreateModel(
            name='Fee',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('lines', models.JSONField(default=list)),
                ('amount', models.BigIntegerField(null=True)),
                ('exemption', models.CharField(blank=True, max_length=40)),
                ('evidence', models.CharField(blank=True, max_length=300)),
                ('ground', models.CharField(blank=True, max_length=300)),
                ('claimed', models.CharField(blank=True, max_length=40)),
                ('claim_evidence', models.CharField(blank=True, max_length=300)),
                ('claimed_at', models.DateTimeField(null=True)),
                ('assessed_at', models.DateTimeField()),
                ('assessed_by', models.CharField(max_length=100)),
                ('replaced_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='FeeReceipt',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('symbol', models.CharField(max_length=20)),
                ('number', models.PositiveIntegerField()),
                ('payer_name', models.CharField(max_length=200)),
                ('amount', models.BigIntegerField()),
                ('issued_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Payment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('way', models.CharField(choices=[('gateway', 'gateway'), ('transfer', 'transfer'), ('cash', 'cash')], max_length=8)),
                ('state', models.CharField(choices=[('open', 'open'), ('paid', 'paid'), ('settled', 'settled'), ('surplus', 'surplus'), ('failed', 'failed'), ('expired', 'expired')], max_length=7)),
                ('reference', models.CharField(max_length=40, unique=True)),
                ('content_key', models.CharField(blank=True, max_length=40)),
                ('address', models.CharField(blank=True, max_length=1000)),
                ('amount', models.BigIntegerField()),
                ('received', models.BigIntegerField(null=True)),
                ('bank_key', models.CharField(blank=True, max_length=80)),
                ('begun_at', models.DateTimeField()),
                ('begun_by', models.CharField(max_length=100)),
                ('expires_at', models.DateTimeField(null=True)),
                ('paid_at', models.DateTimeField(null=True)),
                ('settle_due_at', models.DateTimeField(null=True)),
                ('settled_at', models.DateTimeField(null=True)),
                ('alerted_at', models.DateTimeField(null=True)),
                ('note', models.CharField(blank=True, max_length=500)),
            ],
        ),
        migrations.CreateModel(
            name='PaymentMessage',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('notice', 'notice'), ('check', 'check'), ('statement', 'statement')], max_length=9)),
                ('body_sealed', models.BinaryField()),
                ('reference', models.CharField(blank=True, max_length=40)),
                ('amount', models.BigIntegerField(null=True)),
                ('outcome', models.CharField(choices=[('kept', 'kept'), ('paid', 'paid'), ('repeated', 'repeated'), ('settled', 'settled'), ('surplus', 'surplus'), ('failed', 'failed'), ('nothing', 'nothing'), ('unknown_order', 'unknown_order'), ('bad_signature', 'bad_signature'), ('unreadable', 'unreadable')], max_length=13)),
                ('received_at', models.DateTimeField()),
                ('handled_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='ReceiptCounter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('symbol', models.CharField(max_length=20)),
                ('last', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Refund',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('reference', models.CharField(max_length=40, unique=True)),
                ('amount', models.BigIntegerField()),
                ('reason', models.CharField(choices=[('withdrawn', 'withdrawn'), ('stopped', 'stopped'), ('refused', 'refused'), ('expired', 'expired'), ('other_amount', 'other_amount'), ('twice', 'twice'), ('too_late', 'too_late'), ('reduced', 'reduced')], max_length=12)),
                ('ground', models.CharField(blank=True, max_length=300)),
                ('state', models.CharField(choices=[('asked', 'asked'), ('approved', 'approved'), ('sent', 'sent'), ('done', 'done'), ('failed', 'failed'), ('denied', 'denied')], max_length=8)),
                ('asked_at', models.DateTimeField()),
                ('asked_by', models.CharField(max_length=100)),
                ('decided_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('note', models.CharField(blank=True, max_length=500)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='printedform',
            name='printed_form_known',
        ),
        migrations.AlterField(
            model_name='printedform',
            name='form',
            field=models.CharField(choices=[('form-01', 'form-01'), ('form-02', 'form-02'), ('form-03', 'form-03'), ('form-05', 'form-05'), ('fee-receipt', 'fee-receipt')], max_length=20),
        ),
        migrations.AddConstraint(
            model_name='printedform',
            constraint=models.CheckConstraint(condition=models.Q(('form__in', ['form-01', 'form-02', 'form-03', 'form-05', 'fee-receipt'])), name='printed_form_known'),
        ),
        migrations.AddField(
            model_name='collectingaccount',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit'),
        ),
        migrations.AddField(
            model_name='fee',
            name='dossier',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fees', to='services.dossier'),
        ),
        migrations.AddField(
            model_name='feereceipt',
            name='dossier',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fee_receipts', to='services.dossier'),
        ),
        migrations.AddField(
            model_name='feereceipt',
            name='form',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='services.printedform'),
        ),
        migrations.AddField(
            model_name='feereceipt',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit'),
        ),
        migrations.AddField(
            model_name='payment',
            name='dossier',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='services.dossier'),
        ),
        migrations.AddField(
            model_name='payment',
            name='fee',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='services.fee'),
        ),
        migrations.AddField(
            model_name='payment',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit'),
        ),
        migrations.AddField(
            model_name='feereceipt',
            name='payment',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='receipt', to='services.payment'),
        ),
        migrations.AddField(
            model_name='paymentmessage',
            name='payment',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='services.payment'),
        ),
        migrations.AddField(
            model_name='paymentmessage',
            name='unit',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit'),
        ),
        migrations.AddField(
            model_name='receiptcounter',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit'),
        ),
        migrations.AddField(
            model_name='refund',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='refund',
            name='dossier',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='refunds', to='services.dossier'),
        ),
        migrations.AddField(
            model_name='refund',
            name='payment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='refunds', to='services.payment'),
        ),
        migrations.AddField(
            model_name='refund',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit'),
        ),
        migrations.AddConstraint(
            model_name='collectingaccount',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('unit', '='), ('valid', '&&')], name='collecting_account_one', violation_error_message='The unit has an account from this day on already.'),
        ),
        migrations.AddConstraint(
            model_name='collectingaccount',
            constraint=models.CheckConstraint(condition=models.Q(('bank_bin__regex', '^[0-9]{6}$')), name='collecting_account_bin'),
        ),
        migrations.AddConstraint(
            model_name='collectingaccount',
            constraint=models.CheckConstraint(condition=models.Q(('account__regex', '^[0-9A-Za-z]{1,19}$')), name='collecting_account_number'),
        ),
        migrations.AddConstraint(
            model_name='collectingaccount',
            constraint=models.CheckConstraint(condition=models.Q(('valid__isempty', False)), name='collecting_account_days'),
        ),
        migrations.AddConstraint(
            model_name='fee',
            constraint=models.UniqueConstraint(fields=('dossier', 'number'), name='fee_number'),
        ),
        migrations.AddConstraint(
            model_name='fee',
            constraint=models.UniqueConstraint(condition=models.Q(('replaced_at', None)), fields=('dossier',), name='fee_one_counts'),
        ),
        migrations.AddConstraint(
            model_name='fee',
            constraint=models.CheckConstraint(condition=models.Q(('amount', None), ('amount__gte', 0), _connector='OR'), name='fee_amount'),
        ),
        migrations.AddConstraint(
            model_name='fee',
            constraint=models.CheckConstraint(condition=models.Q(('exemption', ''), models.Q(('evidence', ''), _negated=True), _connector='OR'), name='fee_exempt_by_evidence'),
        ),
        migrations.AddIndex(
            model_name='payment',
            index=models.Index(fields=['dossier', 'begun_at', 'id'], name='payment_dossier'),
        ),
        migrations.AddIndex(
            model_name='payment',
            index=models.Index(fields=['unit', '-paid_at', 'id'], name='payment_collected'),
        ),
        migrations.AddIndex(
            model_name='payment',
            index=models.Index(condition=models.Q(('content_key', ''), _negated=True), fields=['content_key'], name='payment_content'),
        ),
        migrations.AddIndex(
            model_name='payment',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['expires_at'], name='payment_expires'),
        ),
        migrations.AddIndex(
            model_name='payment',
            index=models.Index(condition=models.Q(('state', 'paid')), fields=['settle_due_at'], name='payment_settle_due'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(('way__in', ['gateway', 'transfer', 'cash'])), name='payment_way'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'paid', 'settled', 'surplus', 'failed', 'expired'])), name='payment_state'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='payment_amount'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['paid', 'settled'])), fields=('fee',), name='payment_once', violation_error_message='This was paid already.'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.UniqueConstraint(condition=models.Q(('bank_key', ''), _negated=True), fields=('bank_key',), name='payment_bank_key'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['paid', 'settled']), _negated=True), models.Q(('paid_at__isnull', False), ('received', models.F('amount'))), _connector='OR'), name='payment_paid_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('received__gt', 0), ('state__in', ['paid', 'settled', 'surplus'])), models.Q(models.Q(('state__in', ['paid', 'settled', 'surplus']), _negated=True), ('received', None)), _connector='OR'), name='payment_held_was_received'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', False), ('state', 'settled')), models.Q(models.Q(('state', 'settled'), _negated=True), ('settled_at', None)), _connector='OR'), name='payment_settled'),
        ),
        migrations.AddConstraint(
            model_name='feereceipt',
            constraint=models.UniqueConstraint(fields=('unit', 'symbol', 'number'), name='fee_receipt_number'),
        ),
        migrations.AddIndex(
            model_name='paymentmessage',
            index=models.Index(fields=['payment', 'received_at', 'id'], name='payment_message_of'),
        ),
        migrations.AddIndex(
            model_name='paymentmessage',
            index=models.Index(fields=['outcome', '-received_at', 'id'], name='payment_message_outcome'),
        ),
        migrations.AddConstraint(
            model_name='paymentmessage',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['notice', 'check', 'statement'])), name='payment_message_kind'),
        ),
        migrations.AddConstraint(
            model_name='paymentmessage',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['kept', 'paid', 'repeated', 'settled', 'surplus', 'failed', 'nothing', 'unknown_order', 'bad_signature', 'unreadable'])), name='payment_message_outcome'),
        ),
        migrations.AddConstraint(
            model_name='receiptcounter',
            constraint=models.UniqueConstraint(fields=('unit', 'symbol'), name='receipt_counter_once'),
        ),
        migrations.AddIndex(
            model_name='refund',
            index=models.Index(fields=['dossier', 'asked_at', 'id'], name='refund_dossier'),
        ),
        migrations.AddIndex(
            model_name='refund',
            index=models.Index(fields=['unit', 'state', '-asked_at', 'id'], name='refund_unit'),
        ),
        migrations.AddConstraint(
            model_name='refund',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'approved', 'sent', 'done', 'failed', 'denied'])), name='refund_state'),
        ),
        migrations.AddConstraint(
            model_name='refund',
            constraint=models.CheckConstraint(condition=models.Q(('reason__in', ['withdrawn', 'stopped', 'refused', 'expired', 'other_amount', 'twice', 'too_late', 'reduced'])), name='refund_reason'),
        ),
        migrations.AddConstraint(
            model_name='refund',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='refund_amount'),
        ),
        *guard_state("services_payment", "services.payment"),
        *guard_state("services_refund", "services.refund"),
        *(step for table in OF_DOSSIER for step in (enable_rls(f"services_{table}"), policy(f"services_{table}", using=_seen(table)))),
        enable_rls("services_paymentmessage"),
        policy("services_paymentmessage", using=MESSAGE),
        policy("services_dossier", command="select", using=BANK, name="services_dossier_paid_seen"),
        policy("services_dossier", command="update", using=BANK, name="services_dossier_paid"),
        *(revoke(f"services_{table}", "update", "delete") for table in CHANGING),
        *(_only(table, columns) for table, columns in CHANGING.items()),
    ]
