"""Lists of the whole country are read by the alphabet; without an index every one of them sorts eleven thousand rows."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("units", "0006_version_unit_index")]

    operations = [
        migrations.AddIndex(
            model_name="unitversion",
            index=models.Index(fields=["sort_key", "id"], name="unit_version_in_order"),
        ),
    ]
