"""What policies ask. After a transaction PostgreSQL leaves an empty string, not NULL, hence the NULLIFs."""

from django.db import migrations

FORWARDS = """
create function mc_units() returns bigint[] language sql stable parallel safe
  return string_to_array(nullif(current_setting('mc.units', true), ''), ',')::bigint[];
create function mc_citizen() returns uuid language sql stable parallel safe
  return nullif(current_setting('mc.citizen', true), '')::uuid;
create function mc_purpose() returns text language sql stable parallel safe
  return nullif(current_setting('mc.purpose', true), '');
"""
BACKWARDS = "drop function mc_units(); drop function mc_citizen(); drop function mc_purpose();"


class Migration(migrations.Migration):
    dependencies = []
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
