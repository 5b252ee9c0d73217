"""Signing in by a verified personal number looks for the officer before anybody's scope is open."""

from django.db import migrations

from portal.isolation.scopes import Purpose
from portal.isolation.sql import for_purpose, policy


class Migration(migrations.Migration):
    dependencies = [("staff", "0002_temporal")]
    operations = [
        policy(
            "staff_person", command="select", using=for_purpose(Purpose.SIGN_IN), name="staff_person_select_sign_in"
        ),
    ]
