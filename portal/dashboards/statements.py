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
  paused_at, net_seconds, net_minutes, supplements, late, slow, cause, full_online, digitised, on_paper, has_result,
  reused, used_population, used_store, lowest_score, fee_due, paid_month, complained)
select d.id, v.procedure_id, d.version_id, d.receiving_unit_id, d.competent_unit_id, d.returning_unit_id,
  d.responsible_unit_id, coalesce(worker.officer_id, d.holder_id), coalesce(nullif(d.code, ''), d.reference), d.state,
  d.channel, d.submitted_at, d.accepted_at, (date_trunc('month', d.accepted_at at time zone %(zone)s))::date,
  ended.at, (date_trunc('month', ended.at at time zone %(zone)s))::date, d.due_at, d.paused_at,
  net.seconds, case when net.seconds <= 3600 then ceil(net.seconds / 300.0) * 5
    when net.seconds <= 259200 then ceil(net.seconds / 3600.0) * 60 else ceil(net.seconds / 86400.0) * 1440 end,
  asked.number, coalesce(ended.at > d.due_at, false), coalesce(ended.at > d.due_at, false) or asked.number > 1,
  case when asked.number > 1 then 'supplements' else coalesce(slowest.cause, 'unknown') end,
  d.channel = 'online' and d.return_channel = 'online' and v.online_level = 'full',
  paper.proven and not paper.lacking, v.result_on_paper, d.result_document is not null and d.decided_at is not null,
  paper.from_data or evidence.found, coalesce('population' = any (evidence.sources), false) or paper.population,
  coalesce('issued_result' = any (evidence.sources), false) or paper.store, rated.lowest,
  {has_fee} and fee.amount is distinct from 0, (date_trunc('month', paid.at at time zone %(zone)s))::date,
  exists (select 1 from services_petition p where p.dossier_id = d.id)
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
left join services_fee fee on fee.dossier_id = d.id and fee.replaced_at is null
cross join lateral (
  select min(p.paid_at) as at from services_payment p
  where p.dossier_id = d.id and p.state = any (%(counted)s) and p.way = any (%(online_ways)s)) paid
{which}
on conflict (dossier_id) do update set ({columns}) = row ({excluded})
"""
CHANGING = (
    "procedure_id", "version_id", "receiving_unit_id", "competent_unit_id", "returning_unit_id", "responsible_unit_id",
    "officer_id", "code", "state", "channel", "submitted_at", "received_at", "received_month", "finished_at",
    "finished_month", "due_at", "paused_at", "net_seconds", "net_minutes", "supplements", "late", "slow", "cause",
    "full_online", "digitised", "on_paper", "has_result", "reused", "used_population", "used_store", "lowest_score",
    "fee_due", "paid_month", "complained",
)  # fmt: skip
# The catalogue names an amount, or says that somebody else sets it.
HAS_FEE = (
    "(jsonb_path_exists(v.parts, '$.fees.amount_vnd ? (@ == null || @ > 0)')"
    " or jsonb_path_exists(v.parts, '$.channels[*].fee_vnd ? (@ > 0)'))"
)
_SET = {
    "columns": ", ".join(CHANGING),
    "excluded": ", ".join(f"excluded.{name}" for name in CHANGING),
    "has_fee": HAS_FEE,
}
MEASURE_SOME = MEASURE.format(which="where d.id = any (%(dossiers)s)", **_SET)
MEASURE_ALL = MEASURE.format(which="", **_SET)

# A petition is late from the first limit that was not met, or that will not be when nothing is done.
MEASURE_PETITIONS = """
insert into dashboards_petition_fact (
  petition_id, unit_id, barred, reference, kind, state, filed_at, handled_at, answer_due_at, late_from, repeated, score)
select p.id, p.responsible_unit_id, p.barred, p.reference, p.kind, p.state, p.filed_at,
  coalesce(p.answered_at, p.closed_at), clocks.answer, clocks.late,
  coalesce(p.repeat_of_id, p.merged_into_id) is not null, p.score
from services_petition p
cross join lateral (
  select (array_agg(c.due_at order by c.id desc) filter (where c.kind = 'answer'))[1] as answer,
    min(c.due_at) filter (
      where c.breached_at is not null or (c.ended_at is null and c.kind = any (%(duties)s))) as late
  from services_petitionclock c where c.petition_id = p.id) clocks
{which}
on conflict (petition_id) do update set ({columns}) = row ({excluded})
"""
_PETITION = (
    "unit_id", "barred", "reference", "kind", "state", "filed_at", "handled_at", "answer_due_at", "late_from",
    "repeated", "score",
)  # fmt: skip
_SET_PETITION = {"columns": ", ".join(_PETITION), "excluded": ", ".join(f"excluded.{name}" for name in _PETITION)}
MEASURE_SOME_PETITIONS = MEASURE_PETITIONS.format(which="where p.id = any (%(petitions)s)", **_SET_PETITION)
MEASURE_ALL_PETITIONS = MEASURE_PETITIONS.format(which="", **_SET_PETITION)

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
    "fee_due": "fee_due",
    "paid_online": "fee_due and paid_month is not null",
}
WENT = {
    "finished": "true",
    "on_time": "not late",
    "late": "late",
    "kept_time": "not slow",
    "on_paper": "on_paper",
    "with_result": "on_paper and has_result",
    "disliked": "lowest_score <= %(disliked)s",
    "displeased": "(lowest_score <= %(disliked)s or complained)",
}
SUM = """
insert into dashboards_month_figure (role, unit_id, span, month, procedure_id, {names}, net_seconds)
select '{role}', unit_id, 'month', month, coalesce(procedure_id, 0), {counts},
  coalesce(sum(net_seconds) filter (where went), 0)
from ({facts}) facts
group by grouping sets ((unit_id, month, procedure_id), (unit_id, month))
"""
ALL_FACTS = """
  select f.*, f.{role}_unit_id as unit_id, months.month, f.received_month = months.month as came,
    coalesce(f.finished_month = months.month, false) as went
  from dashboards_dossier_fact f
  cross join lateral (select f.received_month as month union select f.finished_month) months
  where f.received_at is not null and months.month is not null"""
PAIRS = "unnest(%(pair_units)s::bigint[], %(pair_months)s::date[]) as pair (unit_id, month)"
SOME_FACTS = """
  select told.*, pair.unit_id, pair.month from {pairs} cross join lateral (
    select f.*, true as came, coalesce(f.finished_month = pair.month, false) as went from dashboards_dossier_fact f
    where f.{role}_unit_id = pair.unit_id and f.received_month = pair.month
    union all
    select f.*, false, true from dashboards_dossier_fact f
    where f.{role}_unit_id = pair.unit_id and f.finished_month = pair.month and f.received_month <> pair.month) told"""
TIMES = """
insert into dashboards_time_count (role, unit_id, month, minutes, number)
select '{role}', unit_id, month, net_minutes, count(*) from ({facts}) facts where went
group by unit_id, month, net_minutes
"""
YEARS = """
insert into dashboards_month_figure (role, unit_id, span, month, procedure_id, {names}, net_seconds)
select role, unit_id, 'year', date_trunc('year', month)::date, procedure_id, {sums}, sum(net_seconds)
from dashboards_month_figure where role = '{role}' and span = 'month' {which}
group by role, unit_id, date_trunc('year', month), procedure_id
"""
SOME_YEARS = "and (unit_id, date_trunc('year', month)::date) in (select * from {pairs})"
_COUNTS = {
    "names": ", ".join((*CAME, *WENT)),
    "counts": ", ".join(
        f"count(*) filter (where {side} and {what})"
        for side, counted in (("came", CAME), ("went", WENT))
        for what in counted.values()
    ),
    "sums": ", ".join(f"sum({name})" for name in (*CAME, *WENT)),
}
FORGET = """
delete from dashboards_{table} where role = '{role}' {span}
  and (unit_id, month) in (select * from {pairs})
"""


def _of(text: str, role: Role, **more: str) -> str:
    return text.format(role=role, pairs=PAIRS, **_COUNTS, **more)


def _forget(role: Role, table: str, span: str = "") -> str:
    return FORGET.format(table=table, role=role, pairs=PAIRS, span=span)


SUM_ALL = {role: [_of(text, role, facts=ALL_FACTS.format(role=role)) for text in (SUM, TIMES)] for role in Role}
YEARS_ALL = {role: _of(YEARS, role, which="") for role in Role}
# Each with the pairs of unit and month, or of unit and first day of the year, that are to be summed anew.
SUM_SOME = {
    role: [
        _forget(role, "month_figure", "and span = 'month'"),
        _forget(role, "time_count"),
        *(_of(text, role, facts=SOME_FACTS.format(role=role, pairs=PAIRS)) for text in (SUM, TIMES)),
    ]
    for role in Role
}
YEARS_SOME = {
    role: [
        _forget(role, "month_figure", "and span = 'year'"),
        _of(YEARS, role, which=SOME_YEARS.format(pairs=PAIRS)),
    ]
    for role in Role
}
CHANGED = """
select distinct subject_type, subject_id from events_event
where xact >= %s::xid8 and subject_type = any (%s) and name not like '%%.viewed'
"""
NEWEST = "select pg_snapshot_xmin(pg_current_snapshot())::text"
LOCK = "select pg_advisory_xact_lock(hashtext('portal.dashboards'))"
TRY_LOCK = "select pg_try_advisory_xact_lock(hashtext('portal.dashboards'))"
