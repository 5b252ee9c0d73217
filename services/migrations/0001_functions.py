"""What stands behind the search columns: words one space apart, without accents, after a leading space."""

from django.db import migrations

TWO = """create function services_search_key(one text, two text) returns text
language sql immutable strict parallel safe as $sql$
  select ' ' || public.vi_search_key(one || ' ' || two)
$sql$"""
FOUR = """create function services_search_key(one text, two text, three text, four text) returns text
language sql immutable strict parallel safe as $sql$
  select ' ' || public.vi_search_key(one || ' ' || two || ' ' || three || ' ' || four)
$sql$"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [("units", "0001_functions")]
    operations = [
        migrations.RunSQL([(TWO, None)], "drop function services_search_key(text, text)"),
        migrations.RunSQL([(FOUR, None)], "drop function services_search_key(text, text, text, text)"),
    ]
