"""Who gets a dossier by an act reads what registers answered for it, also where another unit keeps what was closed."""

from django.db import migrations

from portal.isolation.scopes import Purpose
from portal.isolation.sql import for_purpose, policy

EVIDENCE = "services_evidence"
ON_THE_DAY = for_purpose(Purpose.REORGANISATION)


class Migration(migrations.Migration):
    dependencies = [("services", "0024_no_second_index")]
    operations = [
        policy(EVIDENCE, command="select", using=ON_THE_DAY, name="services_evidence_handed_over"),
        policy(EVIDENCE, command="update", using=ON_THE_DAY, name="services_evidence_units_on_handover"),
    ]
