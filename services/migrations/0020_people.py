"""Exemptions asked for with the filing, and answered; petitions withdrawn; reminders that are told once."""

from django.conf import settings
from django.db import migrations, models


def _more(table, columns):
    """Besides those that earlier migrations let change."""
    return migrations.RunSQL(
        f"grant update ({columns}) on services_{table} to mc_app",
        f"revoke update ({columns}) on services_{table} from mc_app",
    )


class Migration(migrations.Migration):

    dependencies = [
        ('services', '0019_postal'),
        ('units', '0007_version_in_order'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='petition',
            name='petition_state',
        ),
        migrations.RemoveConstraint(
            model_name='petition',
            name='petition_closed_when_ended',
        ),
        migrations.RemoveConstraint(
            model_name='petition',
            name='petition_open_is_due',
        ),
        migrations.RemoveConstraint(
            model_name='petitionentry',
            name='petition_entry_type',
        ),
        migrations.AddField(
            model_name='draft',
            name='claim_evidence',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='draft',
            name='claimed',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name='fee',
            name='claim_answer',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='fee',
            name='claim_denied_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='ratingreply',
            name='breached_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='ratingreply',
            name='reminded_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='supplement',
            name='reminded_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name='petition',
            name='state',
            field=models.CharField(choices=[('waiting', 'waiting'), ('processing', 'processing'), ('supplement', 'supplement'), ('answered', 'answered'), ('published', 'published'), ('refused', 'refused'), ('forwarded', 'forwarded'), ('closed', 'closed'), ('merged', 'merged'), ('lapsed', 'lapsed'), ('withdrawn', 'withdrawn')], max_length=10),
        ),
        migrations.AlterField(
            model_name='petitionentry',
            name='type',
            field=models.CharField(choices=[('request', 'asked for a supplement'), ('supplement', 'supplemented'), ('forwarding', 'forwarded'), ('refusal', 'refused'), ('answer', 'answered'), ('closing', 'closed without being published'), ('retraction', 'taken off the public list'), ('lapse', 'not supplemented in time'), ('withdrawal', 'withdrawn by whoever sent it'), ('merger', 'joined to another petition'), ('note', 'note among officers')], max_length=10),
        ),
        migrations.AddIndex(
            model_name='ratingreply',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['due_at', 'id'], name='rating_reply_open_due'),
        ),
        migrations.AddConstraint(
            model_name='fee',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('claim_answer', ''), ('claim_denied_at', None)), models.Q(('claim_denied_at__isnull', False), models.Q(('claim_answer', ''), _negated=True), models.Q(('claimed', ''), _negated=True)), _connector='OR'), name='fee_claim_denied'),
        ),
        migrations.AddConstraint(
            model_name='petition',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'processing', 'supplement', 'answered', 'published', 'refused', 'forwarded', 'closed', 'merged', 'lapsed', 'withdrawn'])), name='petition_state'),
        ),
        migrations.AddConstraint(
            model_name='petition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state__in', ['closed', 'lapsed', 'merged', 'published', 'refused', 'withdrawn'])), models.Q(('closed_at', None), ('state__in', ['answered', 'forwarded', 'processing', 'supplement', 'waiting'])), _connector='OR'), name='petition_closed_when_ended'),
        ),
        migrations.AddConstraint(
            model_name='petition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('next_due_at', None), ('state__in', ['closed', 'lapsed', 'merged', 'published', 'refused', 'withdrawn'])), models.Q(('next_due_at__isnull', False), ('state__in', ['answered', 'forwarded', 'processing', 'supplement', 'waiting'])), _connector='OR'), name='petition_open_is_due'),
        ),
        migrations.AddConstraint(
            model_name='petitionentry',
            constraint=models.CheckConstraint(condition=models.Q(('type__in', ['request', 'supplement', 'forwarding', 'refusal', 'answer', 'closing', 'retraction', 'lapse', 'withdrawal', 'merger', 'note'])), name='petition_entry_type'),
        ),
        _more("fee", "claim_answer, claim_denied_at"),
        _more("ratingreply", "reminded_at, breached_at"),
    ]
