"""The days off and the default settings, so that no portal ever counts on an empty calendar."""

from django.db import migrations
from django.db.backends.postgresql.psycopg_any import DateRange

from portal.calendar import fixture


def load(apps, schema_editor):
    alias = schema_editor.connection.alias
    known = {"recorded_at": fixture.KNOWN_SINCE, "recorded_by": fixture.RECORDED_BY}
    always = DateRange(None, None)
    apps.get_model("calendar", "CalendarDay").objects.using(alias).bulk_create(
        apps.get_model("calendar", "CalendarDay")(
            date=day.date, kind=day.kind.value, name=day.name, source=day.source, verified=day.verified, **known
        )
        for day in fixture.read()
    )
    apps.get_model("calendar", "OfficeHours").objects.using(alias).create(
        sessions=fixture.DEFAULT_SESSIONS, saturday=[], valid=always, source=fixture.DEFAULT_HOURS_SOURCE, **known
    )
    apps.get_model("calendar", "CalendarSetting").objects.using(alias).bulk_create(
        apps.get_model("calendar", "CalendarSetting")(name=name, value=value, source=source, valid=always, **known)
        for name, (value, source) in fixture.DEFAULT_SETTINGS.items()
    )


class Migration(migrations.Migration):
    dependencies = [("calendar", "0002_kept")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
