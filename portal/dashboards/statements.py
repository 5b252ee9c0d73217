"""How a fact follows from its dossier, and a sum from its facts: whole sets at a time, because a province has a
million.

Formatted once when the module is read; values come as parameters. `tests/dashboards/recount.py` says the same in plain
words, dossier by dossier, and tests hold both together.
"""

from portal.dashboards.states import Role

# A clock that was stopped says when the work really ended, also where the click came later.
MEASURE = """
insert into dashboards_dossier_fact (
  dossier_id, procedure_id, version_id, receiving_unit_id, competent_unit_id, returning_unit_id, responsible_unit_id,
  officer_id, code, state, channel, submitted_at, received_at, received_month, finished_at, finished_month, due_at,
  paused_at, net_seconds, net_minutes, supplements, late, cause, full_online, digitised, on_paper, has_result, reused,
  used_population, used_store, lowest_score)
select d.id, v.procedure_id, d.version_id, d.receiving_unit_id, d.competent_unit_id, d.returning_unit_id,
  d.responsible_unit_id, coalesce(worker.officer_id, d.holder_id), coalesce(nullif(d.code, ''), d.reference), d.state,
  d.channel, d.submitted_at, d.accepted_at, (date_trunc('month', d.accepted_at at time zone %(zone)s))::date,
  ended.at, (date_trunc('month', ended.at at time zone %(zone)s))::date, d.due_at, d.paused_at,
  net.seconds, case when net.seconds <= 3600 then ceil(net.seconds / 300.0) * 5
    when net.seconds <= 259200 then ceil(net.seconds / 3600.0) * 60 else ceil(net.seconds / 86400.0) * 1440 end,
  asked.number, coalesce(ended.at > d.due_at, false),
  case when asked.number > 1 then 'supplements' else coalesce(slowest.cause, 'unknown') end,
  d.channel = 'online' and d.return_channel = 'online' and v.online_level = 'full',
  paper.proven and not paper.lacking, v.result_on_paper, d.result_document is not null and d.decided_at is not null,
  paper.from_data or evidence.found, coalesce('population' = any (evidence.sources), false) or paper.population,
  coalesce('issued_result' = any (evidence.sources), false) or paper.store, rated.lowest
from services_dossier d
join services_procedure_version v on v.id = d.version_id
cross join lateral (
  select coalesce((select min(c.at) from services_clockentry c where c.dossier_id = d.id and c.kind = 'stop'),
    d.decided_at, d.closed_at) as at) ended
cross join lateral (
  select count(*) as number, coalesce(sum(extract(epoch from
    least(coalesce(s.ended_at, ended.at), ended.at) - least(s.asked_at, ended.at)))
    filter (where not s.at_reception), 0) as seconds
  from services_supplement s where s.dossier_id = d.id) asked
cross join lateral (
  select case when ended.at > d.accepted_at then
    greatest(floor(extract(epoch from ended.at - d.accepted_at) - asked.seconds), 0)::bigint
    when ended.at is not null and d.accepted_at is not null then 0 end as seconds) net
left join lateral (
  select w.officer_id from services_workitem w
  where w.dossier_id = d.id and w.officer_id is not null and w.role not in ('reception', 'returns')
  order by w.role = 'specialist' desc, w.number desc, w.id limit 1) worker on true
left join lateral (
  select case when ended.at is null and w.officer_id is null then 'untaken' else w.role end as cause
  from services_workitem w
  where w.dossier_id = d.id and w.opened_at is not null and case when ended.at is null then w.state = 'open'
    else w.state in ('done', 'cancelled') and w.role <> 'returns' end
  order by w.done_at - w.due_at desc nulls last, w.number desc, w.id limit 1) slowest on true
cross join lateral (
  select coalesce(bool_or(p.proof = 'data' or a.there), false) as proven,
    coalesce(bool_or(p.proof = 'attached' and not a.there), false) as lacking,
    coalesce(bool_or(p.proof = 'data'), false) as from_data,
    coalesce(bool_or(p.proof = 'data' and p.source = 'population'), false) as population,
    coalesce(bool_or(p.proof = 'data' and p.source = 'issued_result'), false) as store
  from services_component p
  cross join lateral (select exists (select 1 from services_attachment a where a.component_id = p.id
    and a.replaced_at is null) as there) a
  where p.dossier_id = d.id) paper
cross join lateral (
  select count(*) > 0 as found, array_agg(e.source) as sources from services_evidence e
  where e.subject_id = d.id and e.subject_kind = 'dossier' and e.outcome = 'found') evidence
cross join lateral (select min(r.score) as lowest from services_rating r where r.dossier_id = d.id) rated
{which}
on conflict (dossier_id) do update set ({columns}) = row ({excluded})
"""
CHANGING = (
    "procedure_id", "version_id", "receiving_unit_id", "competent_unit_id", "returning_unit_id", "responsible_unit_id",
    "officer_id", "code", "state", "channel", "submitted_at", "received_at", "received_month", "finished_at",
    "finished_month", "due_at", "paused_at", "net_seconds", "net_minutes", "supplements", "late", "cause",
    "full_online", "digitised", "on_paper", "has_result", "reused", "used_population", "used_store", "lowest_score",
)  # fmt: skip
_SET = {"columns": ", ".join(CHANGING), "excluded": ", ".join(f"excluded.{name}" for name in CHANGING)}
MEASURE_SOME = MEASURE.format(which="where d.id = any (%(dossiers)s)", **_SET)
MEASURE_ALL = MEASURE.format(which="", **_SET)

# What of a fact counts in which month: that in which it came, and that in which it ended.
CAME = {
    "received": "true",
    "online": "channel = 'online'",
    "digitised": "digitised",
    "reused": "reused",
    "full_online": "full_online",
    "online_result": "channel = 'online' and (has_result or not on_paper)",
    "complete": "digitised and has_result",
    "used_population": "used_population",
    "used_store": "used_store",
}
WENT = {
    "finished": "true",
    "on_time": "not late",
    "late": "late",
    "kept_time": "not late and supplements <= 1",
    "on_paper": "on_paper",
    "with_result": "on_paper and has_result",
    "disliked": "lowest_score <= %(disliked)s",
}
SUM = """
insert into dashboards_month_figure (role, unit_id, month, procedure_id, {names}, net_seconds)
select '{role}', unit_id, month, coalesce(procedure_id, 0), {counts},
  coalesce(sum(net_seconds) filter (where went), 0)
from (
  select f.*, f.{role}_unit_id as unit_id, months.month, f.received_month = months.month as came,
    coalesce(f.finished_month = months.month, false) as went
  from dashboards_dossier_fact f
  cross join lateral (select f.received_month as month union select f.finished_month) months
  where f.received_at is not null and months.month is not null {which}) facts
group by grouping sets ((unit_id, month, procedure_id), (unit_id, month))
"""
_COUNTS = {
    "names": ", ".join((*CAME, *WENT)),
    "counts": ", ".join(
        f"count(*) filter (where {side} and {what})"
        for side, counted in (("came", CAME), ("went", WENT))
        for what in counted.values()
    ),
}
TIMES = """
insert into dashboards_time_count (role, unit_id, month, minutes, number)
select '{role}', f.{role}_unit_id, f.finished_month, f.net_minutes, count(*)
from dashboards_dossier_fact f cross join lateral (select f.finished_month as month) months
where f.received_at is not null and f.finished_at is not null {which}
group by f.{role}_unit_id, f.finished_month, f.net_minutes
"""
# The arrays first, for the indexes; then exactly the pairs that are asked for.
SOME = """and f.{role}_unit_id = any (%(units)s)
  and (f.received_month = any (%(months)s) or f.finished_month = any (%(months)s))
  and exists (select 1 from unnest(%(pair_units)s::bigint[], %(pair_months)s::date[]) as pair (unit_id, month)
    where pair.unit_id = f.{role}_unit_id and pair.month = months.month)"""
FORGET = """
delete from {table} where role = '{role}'
  and (unit_id, month) in (select * from unnest(%(pair_units)s::bigint[], %(pair_months)s::date[]))
"""
SUM_SOME = {
    role: [text.format(role=role, which=SOME.format(role=role), **_COUNTS) for text in (SUM, TIMES)] for role in Role
}
SUM_ALL = {role: [text.format(role=role, which="", **_COUNTS) for text in (SUM, TIMES)] for role in Role}
FORGET_SOME = {
    role: [FORGET.format(table=table, role=role) for table in ("dashboards_month_figure", "dashboards_time_count")]
    for role in Role
}
CHANGED = """
select distinct subject_type, subject_id from events_event
where xact >= %s::xid8 and subject_type = any (%s) and name not like '%%.viewed'
"""
NEWEST = "select pg_snapshot_xmin(pg_current_snapshot())::text"
LOCK = "select pg_advisory_xact_lock(hashtext('portal.dashboards'))"
TRY_LOCK = "select pg_try_advisory_xact_lock(hashtext('portal.dashboards'))"
