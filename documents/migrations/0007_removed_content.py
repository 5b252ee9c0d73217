"""Files whose time of keeping is over lose name, owner and content; a file that is kept still never loses either."""

import django.db.models.deletion
from django.db import migrations, models

from portal.isolation.scopes import Purpose
from portal.isolation.sql import for_purpose, policy, revoke

FILES = "documents_storedfile"
STATES = ["quarantine", "clean", "refused", "removed"]
BY_RULE = for_purpose(Purpose.RETENTION)
GUARD = f"""
create function documents_file_forgotten() returns trigger language plpgsql as $$
begin
  if new.state <> 'removed' or new.name <> '' or new.owner is not null or new.uploaded_by <> ''
    or new.unit_id is distinct from coalesce(old.unit_id, new.unit_id) then
    raise exception 'Name, owner and unit of file % change only when it is removed.', new.id
      using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger documents_file_forgotten before update on {FILES} for each row
  when (old.name is distinct from new.name or old.owner is distinct from new.owner or old.unit_id is distinct from new.unit_id
    or old.uploaded_by is distinct from new.uploaded_by)
  execute function documents_file_forgotten();
grant update (name, owner, unit_id, uploaded_by) on {FILES} to mc_app;
"""
UNGUARD = f"""
revoke update (name, owner, unit_id, uploaded_by) on {FILES} from mc_app;
drop trigger documents_file_forgotten on {FILES};
drop function documents_file_forgotten();
"""


class Migration(migrations.Migration):

    dependencies = [('documents', '0006_partial_uploads')]

    operations = [
        migrations.CreateModel(
            name='RemovedContent',
            fields=[
                ('blob', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='removed', serialize=False, to='documents.blob')),
                ('removed_at', models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(model_name='storedfile', name='file_state'),
        migrations.AddConstraint(
            model_name='storedfile',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', STATES)), name='file_state'),
        ),
        migrations.AddIndex(
            model_name='storedfile',
            index=models.Index(condition=models.Q(('state', 'removed')), fields=['blob'], name='file_removed'),
        ),
        migrations.RunSQL(GUARD, UNGUARD),
        revoke("documents_removedcontent", "update"),
        # Whether a document consists of the file is asked before it is removed.
        policy("documents_documentversion", command="select", using=BY_RULE, name="documents_documentversion_retention"),
        policy(FILES, command="select", using=BY_RULE, name="documents_storedfile_retention_select"),
        policy(FILES, command="update", using=BY_RULE, name="documents_storedfile_retention_update"),
    ]
