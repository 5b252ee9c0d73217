"""Petitions with their clocks, what was said and published; the head's answer to a low rating.

A petition is read by the units that had a part in it, but by no officer whom it complains about, and by whoever sent
it. What was published is read by everybody. Texts, and who sent it, are never written again.
"""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from portal.events.sql import append_only, guard_state
from portal.isolation.scopes import Purpose
from portal.isolation.sql import by_citizen, by_unit, enable_rls, for_purpose, policy, revoke

PETITION, PUBLISHED, REPLY = "services_petition", "services_publishedpetition", "services_ratingreply"
WORK = for_purpose(
    Purpose.PETITION, Purpose.DEADLINES, Purpose.STATISTICS, Purpose.REORGANISATION, Purpose.BACKFILL,
    Purpose.RETENTION, Purpose.DEMO,
)  # fmt: skip
UNITS = "units && (select mc_units())::bigint[]"
# An officer's scope names the officer as citizen, so that the database itself knows who is complained about.
OFFICERS = f"{UNITS} and not coalesce((select mc_citizen()) = any (barred), false)"
SEEN = f"({OFFICERS}) or {by_citizen('filer_id')} or {WORK}"
SENDING = for_purpose(Purpose.PETITION)
SENT = f"{SENDING} and exists (select 1 from services_petitionfile f where f.file_id = documents_storedfile.id)"
OF_PETITION = ("petitionclock", "petitionentry", "petitionfile")
CHANGING = (
    "state, kind, pin_sealed, contact_sealed, contact_index, barred, responsible_unit_id, units, handler_id, "
    "repeat_of_id, merged_into_id, received_at, answered_at, closed_at, next_due_at, score, opinion, rated_at, revision"
)


def _of(table: str) -> str:
    above = f"exists (select 1 from {PETITION} p where p.id = services_{table}.petition_id"
    notes = f" and (type <> 'note' or p.{UNITS} or {WORK})" if table == "petitionentry" else ""
    return f"{above}{notes})"


def _only(table: str, columns: str) -> list[migrations.RunSQL]:
    """Nothing else of a row is ever written again."""
    return [
        revoke(table, "update", "delete"),
        migrations.RunSQL(f"grant update ({columns}) on {table} to mc_app", f"revoke update ({columns}) on {table} from mc_app"),
    ]


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0006_partial_uploads'),
        ('events', '0002_evidence'),
        ('isolation', '0001_scope'),
        ('services', '0016_consult'),
        ('units', '0007_version_in_order'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Petition',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('reference', models.CharField(max_length=20, unique=True)),
                ('pin_sealed', models.BinaryField()),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('processing', 'processing'), ('supplement', 'supplement'), ('answered', 'answered'), ('published', 'published'), ('refused', 'refused'), ('forwarded', 'forwarded'), ('closed', 'closed'), ('merged', 'merged'), ('lapsed', 'lapsed')], max_length=10)),
                ('kind', models.CharField(max_length=20)),
                ('channel', models.CharField(choices=[('online', 'online'), ('desk', 'at the desk'), ('phone', 'by phone')], max_length=6)),
                ('text', models.CharField(max_length=5000)),
                ('contact_sealed', models.BinaryField(null=True)),
                ('contact_index', models.BinaryField(null=True)),
                ('about_officer', models.CharField(blank=True, max_length=200)),
                ('barred', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=100)),
                ('units', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=50)),
                ('dossier_code', models.CharField(blank=True, max_length=60)),
                ('filed_at', models.DateTimeField()),
                ('received_at', models.DateTimeField(null=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('next_due_at', models.DateTimeField(null=True)),
                ('score', models.PositiveSmallIntegerField(null=True)),
                ('opinion', models.CharField(blank=True, max_length=2000)),
                ('rated_at', models.DateTimeField(null=True)),
                ('revision', models.PositiveIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name='PetitionClock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('refuse', 'refuse'), ('ask', 'ask'), ('answer', 'answer'), ('publish', 'publish'), ('forward', 'forward')], max_length=7)),
                ('started_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('outcome', models.CharField(blank=True, choices=[('', ''), ('met', 'met'), ('dropped', 'dropped')], max_length=7)),
                ('breached_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='PetitionEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('type', models.CharField(choices=[('request', 'asked for a supplement'), ('supplement', 'supplemented'), ('forwarding', 'forwarded'), ('refusal', 'refused'), ('answer', 'answered'), ('closing', 'closed without being published'), ('retraction', 'taken off the public list'), ('lapse', 'not supplemented in time'), ('merger', 'joined to another petition'), ('note', 'note among officers')], max_length=10)),
                ('text', models.CharField(max_length=5000)),
                ('written_at', models.DateTimeField()),
                ('until', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='PetitionFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
        ),
        migrations.CreateModel(
            name='PublishedPetition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('title', models.CharField(max_length=200)),
                ('question', models.CharField(max_length=5000)),
                ('answer', models.CharField(max_length=5000)),
                ('search_name', models.TextField(db_collation='C')),
                ('published_at', models.DateTimeField()),
                ('retracted_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='RatingReply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('open', 'open'), ('answered', 'answered')], max_length=8)),
                ('opened_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('text', models.CharField(blank=True, max_length=2000)),
                ('answered_at', models.DateTimeField(null=True)),
                ('revision', models.PositiveIntegerField(default=1)),
            ],
        ),
        migrations.AddField(
            model_name='rating',
            name='items',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='rating',
            name='officer',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='rating',
            name='step',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='services.workitem'),
        ),
        migrations.AddIndex(
            model_name='rating',
            index=models.Index(fields=['unit', 'given_at', 'id'], name='rating_of_unit'),
        ),
        migrations.AddField(
            model_name='petition',
            name='addressed_unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit'),
        ),
        migrations.AddField(
            model_name='petition',
            name='assisted_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='petition',
            name='dossier',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='petitions', to='services.dossier'),
        ),
        migrations.AddField(
            model_name='petition',
            name='filer',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='petitions', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='petition',
            name='handler',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='handled_petitions', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='petition',
            name='merged_into',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='services.petition'),
        ),
        migrations.AddField(
            model_name='petition',
            name='procedure',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='petitions', to='services.procedure'),
        ),
        migrations.AddField(
            model_name='petition',
            name='repeat_of',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='repeats', to='services.petition'),
        ),
        migrations.AddField(
            model_name='petition',
            name='responsible_unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit'),
        ),
        migrations.AddField(
            model_name='petitionclock',
            name='petition',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='clocks', to='services.petition'),
        ),
        migrations.AddField(
            model_name='petitionclock',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit'),
        ),
        migrations.AddField(
            model_name='petitionentry',
            name='author',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='petitionentry',
            name='petition',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='services.petition'),
        ),
        migrations.AddField(
            model_name='petitionentry',
            name='to_unit',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit'),
        ),
        migrations.AddField(
            model_name='petitionentry',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit'),
        ),
        migrations.AddField(
            model_name='petitionfile',
            name='file',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile'),
        ),
        migrations.AddField(
            model_name='petitionfile',
            name='petition',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='services.petition'),
        ),
        migrations.AddField(
            model_name='publishedpetition',
            name='petition',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='publication', to='services.petition'),
        ),
        migrations.AddField(
            model_name='publishedpetition',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit'),
        ),
        migrations.AddField(
            model_name='ratingreply',
            name='answered_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='ratingreply',
            name='rating',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='reply', to='services.rating'),
        ),
        migrations.AddField(
            model_name='ratingreply',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit'),
        ),
        migrations.AddIndex(
            model_name='petition',
            index=models.Index(fields=['responsible_unit', 'state', 'next_due_at', 'id'], name='petition_inbox'),
        ),
        migrations.AddIndex(
            model_name='petition',
            index=models.Index(fields=['handler', 'next_due_at', 'id'], name='petition_handler'),
        ),
        migrations.AddIndex(
            model_name='petition',
            index=models.Index(fields=['filer', '-filed_at', 'id'], name='petition_of_filer'),
        ),
        migrations.AddIndex(
            model_name='petition',
            index=models.Index(fields=['contact_index', '-filed_at'], name='petition_contact'),
        ),
        migrations.AddIndex(
            model_name='petition',
            index=models.Index(fields=['responsible_unit', '-filed_at', 'id'], name='petition_unit'),
        ),
        migrations.AddConstraint(
            model_name='petition',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'processing', 'supplement', 'answered', 'published', 'refused', 'forwarded', 'closed', 'merged', 'lapsed'])), name='petition_state'),
        ),
        migrations.AddConstraint(
            model_name='petition',
            constraint=models.CheckConstraint(condition=models.Q(('channel__in', ['online', 'desk', 'phone'])), name='petition_channel'),
        ),
        migrations.AddConstraint(
            model_name='petition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state__in', ['closed', 'lapsed', 'merged', 'published', 'refused'])), models.Q(('closed_at', None), ('state__in', ['answered', 'forwarded', 'processing', 'supplement', 'waiting'])), _connector='OR'), name='petition_closed_when_ended'),
        ),
        migrations.AddConstraint(
            model_name='petition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('next_due_at', None), ('state__in', ['closed', 'lapsed', 'merged', 'published', 'refused'])), models.Q(('next_due_at__isnull', False), ('state__in', ['answered', 'forwarded', 'processing', 'supplement', 'waiting'])), _connector='OR'), name='petition_open_is_due'),
        ),
        migrations.AddConstraint(
            model_name='petition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('merged_into__isnull', False), ('state', 'merged')), models.Q(models.Q(('state', 'merged'), _negated=True), ('merged_into', None)), _connector='OR'), name='petition_merged_somewhere'),
        ),
        migrations.AddConstraint(
            model_name='petition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('merged_into', models.F('id')), _negated=True), models.Q(('repeat_of', models.F('id')), _negated=True)), name='petition_not_itself'),
        ),
        migrations.AddConstraint(
            model_name='petition',
            constraint=models.CheckConstraint(condition=models.Q(('score', None), models.Q(('score__gte', 1), ('score__lte', 5)), _connector='OR'), name='petition_score'),
        ),
        migrations.AddIndex(
            model_name='petitionclock',
            index=models.Index(condition=models.Q(('breached_at', None), ('ended_at', None)), fields=['due_at', 'id'], name='petition_clock_running'),
        ),
        migrations.AddIndex(
            model_name='petitionclock',
            index=models.Index(fields=['unit', 'started_at'], name='petition_clock_unit'),
        ),
        migrations.AddConstraint(
            model_name='petitionclock',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['refuse', 'ask', 'answer', 'publish', 'forward'])), name='petition_clock_kind'),
        ),
        migrations.AddConstraint(
            model_name='petitionclock',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('outcome', '')), models.Q(('ended_at__isnull', False), ('outcome__in', ['met', 'dropped'])), _connector='OR'), name='petition_clock_ended'),
        ),
        migrations.AddConstraint(
            model_name='petitionclock',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('petition', 'kind'), name='petition_clock_runs_once'),
        ),
        migrations.AddIndex(
            model_name='petitionentry',
            index=models.Index(fields=['petition', 'id'], name='petition_entry'),
        ),
        migrations.AddConstraint(
            model_name='petitionentry',
            constraint=models.CheckConstraint(condition=models.Q(('type__in', ['request', 'supplement', 'forwarding', 'refusal', 'answer', 'closing', 'retraction', 'lapse', 'merger', 'note'])), name='petition_entry_type'),
        ),
        migrations.AddConstraint(
            model_name='petitionfile',
            constraint=models.UniqueConstraint(fields=('petition', 'file'), name='petition_file_once'),
        ),
        migrations.AddIndex(
            model_name='publishedpetition',
            index=models.Index(condition=models.Q(('retracted_at', None)), fields=['-published_at', '-id'], name='published_newest'),
        ),
        migrations.AddIndex(
            model_name='publishedpetition',
            index=models.Index(fields=['unit', '-published_at', '-id'], name='published_of_unit'),
        ),
        migrations.AddIndex(
            model_name='ratingreply',
            index=models.Index(fields=['unit', 'state', 'due_at', 'id'], name='rating_reply_queue'),
        ),
        migrations.AddConstraint(
            model_name='ratingreply',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('answered_by', None), ('state', 'open'), ('text', '')), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False), ('state', 'answered'), models.Q(('text', ''), _negated=True)), _connector='OR'), name='rating_reply_answered'),
        ),
        *guard_state(PETITION, "services.petition"),
        *guard_state(REPLY, "services.ratingreply"),
        enable_rls(PETITION),
        policy(PETITION, using=SEEN),
        *_only(PETITION, CHANGING),
        *(step for table in OF_PETITION for step in (enable_rls(f"services_{table}"), policy(f"services_{table}", using=_of(table)))),
        *_only("services_petitionclock", "due_at, ended_at, outcome, breached_at"),
        append_only("services_petitionentry"),
        append_only("services_petitionfile"),
        enable_rls(PUBLISHED),
        policy(PUBLISHED, command="select", using=f"retracted_at is null or {by_unit()} or {WORK}"),
        policy(PUBLISHED, command="insert", check=f"{by_unit()} or {WORK}"),
        policy(PUBLISHED, command="update", using=f"{by_unit()} or {WORK}"),
        *_only(PUBLISHED, "retracted_at"),
        enable_rls(REPLY),
        policy(REPLY, using=f"{by_unit()} or exists (select 1 from services_rating r where r.id = rating_id)"),
        *_only(REPLY, "state, text, answered_at, answered_by_id, revision"),
        # Whoever sends a petition in need not own the dossier that it names, and hands the files to its unit.
        policy("services_dossier", command="select", using=for_purpose(Purpose.PETITION), name="services_dossier_petition"),
        policy("documents_storedfile", command="insert", check=SENDING, name="documents_storedfile_petition_insert"),
        policy("documents_storedfile", command="select", using=SENT, name="documents_storedfile_petition_select"),
        policy("documents_storedfile", command="update", using=SENT, name="documents_storedfile_petition_update"),
    ]
