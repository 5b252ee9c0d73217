"""Row-level security for migrations. Expressions are SQL text: `policy("staff_person", using=f"{by_unit()} or
{by_citizen('user_id')}")`.

Each expression compares a column with a scalar sub-select, which PostgreSQL evaluates once per query, not once per row,
and can use as an index condition (`docs/trust.md`).
"""

from django.db import migrations

from portal.isolation.scopes import Purpose


def by_unit(column: str = "unit_id") -> str:
    """True when the row's unit is in the scope."""
    return f"{column} = any ((select mc_units())::bigint[])"


def by_citizen(column: str = "citizen_id") -> str:
    """True when the row belongs to the citizen of the scope; `column` is a uuid."""
    return f"{column} = (select mc_citizen())"


def for_purpose(*purposes: Purpose) -> str:
    """True when the transaction was opened for one of these purposes."""
    names = ", ".join(f"'{Purpose(purpose).value}'" for purpose in purposes)
    return f"(select mc_purpose()) in ({names})"


def enable_rls(table: str) -> migrations.RunSQL:
    """Closed for everybody, the owner of the table included, until a policy opens it."""
    return migrations.RunSQL(
        sql=f"alter table {table} enable row level security, force row level security",
        reverse_sql=f"alter table {table} no force row level security, disable row level security",
    )


def policy(
    table: str, *, using: str | None = None, check: str | None = None, command: str = "all", name: str | None = None
) -> migrations.RunSQL:
    """What may be seen (`using`) and written (`check`, the same as `using` when left out).

    `command` is all, select, insert, update or delete; several policies of a table add up.
    """
    name = name or f"{table}_{command}"
    clauses = ""
    if using is not None:
        clauses += f" using ({using})"
    if check is not None or (using is not None and command in {"all", "update"}):
        clauses += f" with check ({check if check is not None else using})"
    return migrations.RunSQL(
        sql=f"create policy {name} on {table} for {command}{clauses}", reverse_sql=f"drop policy {name} on {table}"
    )


def revoke(table: str, *rights: str) -> migrations.RunSQL:
    """Take rights from the application's role, which gets select, insert, update and delete on every new table."""
    listed = ", ".join(rights)
    return migrations.RunSQL(
        sql=f"revoke {listed} on {table} from mc_app", reverse_sql=f"grant {listed} on {table} to mc_app"
    )
