"""An act is not born and does not move without its event in the trail."""

from django.db import migrations

from portal.events.sql import guard_state


class Migration(migrations.Migration):
    dependencies = [("units", "0004_guards"), ("events", "0002_evidence")]
    operations = guard_state("units_reorg_event", "units.reorgevent")
