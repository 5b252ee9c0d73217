"""The page of verification says when a document was revoked or replaced: of its steps, only these two are shown."""

from django.db import migrations

from portal.isolation import Purpose
from portal.isolation.sql import for_purpose, policy

ENDED = f"{for_purpose(Purpose.VERIFICATION)} and action in ('revoke', 'replace')"


class Migration(migrations.Migration):
    dependencies = [("documents", "0004_documents")]
    operations = [
        policy("documents_routestep", command="select", using=ENDED, name="documents_routestep_verified"),
    ]
