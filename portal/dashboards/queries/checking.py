"""Whether sums and facts still agree with the dossiers, without changing anything."""

from django.db import connection, transaction

from portal.dashboards.states import Role
from portal.isolation import Purpose, scope

MOST = 20
COUNTS = """
select 'dossiers without a fact', count(*) from services_dossier d
where not exists (select 1 from dashboards_dossier_fact f where f.dossier_id = d.id)
union all
select 'facts in another state than their dossier', count(*) from dashboards_dossier_fact f
join services_dossier d on d.id = f.dossier_id where f.state <> d.state or f.competent_unit_id <> d.competent_unit_id
  or f.due_at is distinct from d.due_at or f.received_at is distinct from d.accepted_at
"""
SUMS = """
select f.unit_id, f.month, f.received, f.finished from dashboards_month_figure f
where f.role = %(role)s and f.span = 'month' and f.procedure_id = 0 and (f.received, f.finished) is distinct from (
  (select count(*) from dashboards_dossier_fact d where {column} = f.unit_id and d.received_month = f.month),
  (select count(*) from dashboards_dossier_fact d where {column} = f.unit_id and d.finished_month = f.month
     and d.received_at is not null))
order by 1, 2 limit 20
"""
SUMS_OF = {role: SUMS.format(column=f"d.{role}_unit_id") for role in Role}


def differences() -> list[str]:
    """Each in one line, at most 20 for each role."""
    found = []
    with transaction.atomic(), scope(purpose=Purpose.STATISTICS), connection.cursor() as cursor:
        cursor.execute(COUNTS)
        found += [f"{what}: {number}" for what, number in cursor.fetchall() if number]
        for role in Role:
            cursor.execute(SUMS_OF[role], {"role": role.value})
            found += [f"{role} unit {unit}, {month:%Y-%m}: {told} in the sums" for unit, month, *told in cursor]
    return found
