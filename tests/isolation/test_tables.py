"""Every table with people's data is closed by force, and the application's role can do nothing about it."""

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, models

# Models with a field that points at a person, but nothing about people in it. Each with its reason.
HARMLESS: dict[str, str] = {"staff.Post": "the telephone of an office, which is published"}
TELLING = {"full_name", "given_name", "phone", "email", "address", "birth_date", "born_on", "gender", "personal_number"}


def own_models() -> list[type[models.Model]]:
    """Django's own and packages' tables hold no more than a user's id; ours declare themselves."""
    root = str(settings.BASE_DIR)
    return [
        model
        for config in apps.get_app_configs()
        if str(config.path).startswith(root) and "/.venv/" not in str(config.path)
        for model in config.get_models(include_auto_created=True)
    ]


def personal() -> list[type[models.Model]]:
    return [model for model in own_models() if getattr(model, "personal_data", False)]


@pytest.mark.django_db
def test_every_table_with_peoples_data_is_closed_by_force() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relkind in ('r', 'p') and relrowsecurity and relforcerowsecurity"
        )
        closed = {row[0] for row in cursor.fetchall()}
        cursor.execute("select distinct tablename from pg_policies")
        opened = {row[0] for row in cursor.fetchall()}
    tables = {model._meta.db_table for model in personal()}
    assert tables, "No model declares personal_data = True."
    assert tables <= closed, f"Call enable_rls() in their migrations: {sorted(tables - closed)}"
    assert closed <= opened, f"Nobody can read these at all; give them a policy: {sorted(closed - opened)}"


def test_every_model_that_tells_about_people_declares_itself() -> None:
    undeclared = []
    for model in own_models():
        telling = {field.name for field in model._meta.get_fields()} & TELLING
        if telling and "personal_data" not in vars(model) and model._meta.label not in HARMLESS:
            undeclared.append(f"{model._meta.label}: {sorted(telling)}")
    assert not undeclared, f"Add `personal_data = True` and policies, or give the reason in HARMLESS: {undeclared}"


@pytest.mark.django_db
def test_the_application_owns_nothing_and_bypasses_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select rolsuper, rolbypassrls, rolcreatedb, rolcreaterole from pg_roles where rolname = current_user"
        )
        assert cursor.fetchone() == (False, False, False, False)
        cursor.execute("select relname from pg_class where relowner = current_user::regrole")
        assert cursor.fetchall() == []
        cursor.execute("select has_schema_privilege('public', 'create'), pg_has_role('mc_owner', 'member')")
        assert cursor.fetchone() == (False, False)


@pytest.mark.django_db
def test_views_and_functions_do_not_open_a_back_door() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public'"
            " and relkind in ('v', 'm') and not coalesce(reloptions::text, '') like '%security_invoker=true%'"
        )
        assert cursor.fetchall() == [], "Create views with (security_invoker = true)."
        cursor.execute(
            "select proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace"
            " where n.nspname = 'public' and prosecdef and not coalesce(proconfig::text, '') like '%search_path%'"
        )
        assert cursor.fetchall() == [], "Functions that run as their owner need a fixed search_path."
