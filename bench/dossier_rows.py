"""A province full of dossiers, written by set-based SQL past triggers and policies: only the shapes are real.

What the rows hold sealed is one real envelope over and over, so that they are as wide as those of a portal at work;
nobody can open it under another dossier's name. Events of filled rows stand in no chain.
"""

import json
import os
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo

OPEN_PER_COMMUNE = 300
DAYS = 510  # since the first of July 2025
TABLES = ("services_dossier", "services_workitem", "events_event")
_NAMES: dict[str, list[str]] = json.loads((Path(__file__).parent / "names.json").read_text(encoding="utf-8"))
FAMILY: list[str] = _NAMES["family"]
MIDDLE: list[str] = _NAMES["middle"]
GIVEN: list[str] = _NAMES["given"]

DOSSIERS = """
with commune as (
  select unit_id, row_number() over (order by unit_id) - 1 as place from unnest(%(communes)s::bigint[]) as unit_id
), version as (
  select id, name_vi, row_number() over (order by id) - 1 as place, count(*) over () as many
  from services_procedure_version where upper_inf(valid) and 'commune' = any (levels)
), envelope as (
  select pin_sealed, answers_sealed, contact_sealed, owner_number_sealed from services_dossier
  where owner_number_sealed is not null order by submitted_at limit 1
), row as (
  select c.unit_id, k, least(k::float / greatest(%(per)s, 1), 1) as age, random() as luck,
    floor(random() ^ 3 * (select max(many) from version))::int as version_place,
    (%(family)s::text[])[1 + floor(random() ^ 1.5 * array_length(%(family)s::text[], 1))::int]
      || ' ' || (%(middle)s::text[])[1 + floor(random() ^ 1.5 * array_length(%(middle)s::text[], 1))::int]
      || ' ' || (%(given)s::text[])[1 + floor(random() * array_length(%(given)s::text[], 1))::int] as owner,
    case when k < %(open)s then (array['submitted', 'accepted', 'processing', 'processing', 'processing', 'processing',
      'supplement', 'payment', 'decided', 'decided'])[1 + k %% 10]
    else (array['returned', 'returned', 'returned', 'returned', 'returned', 'returned', 'returned', 'refused',
      'stopped', 'withdrawn'])[1 + k %% 10] end as state
  from commune c cross join generate_series(0, %(per)s - 1) k
), timed as (
  select *, now() - age * interval '1 day' * %(days)s - luck * interval '6 hours' as submitted_at from row
)
insert into services_dossier (
  id, reference, code, version_id, state, stage, channel, return_channel, owner_name, owner_number_sealed,
  owner_number_index, filer_name, summary, pin_sealed, answers_sealed, contact_sealed, receiving_unit_id,
  competent_unit_id, returning_unit_id, responsible_unit_id, submitted_at, answer_due_at, alert_due_at, alerted_at,
  answered_at, accepted_at, due_at, printed_due_at, next_due_at, closed_at, decided_at, limit_case, reason, revision)
select gen_random_uuid(), 'DK-Z' || lpad(t.unit_id::text, 6, '0') || lpad(k::text, 7, '0'),
  case when state in ('submitted', 'refused') then ''
    else 'H99.' || t.unit_id || '-' || to_char(submitted_at, 'YYMMDD') || '-' || lpad(k::text, 6, '0') end,
  v.id, state, case when state = 'decided' then 'ready_for_pickup' else '' end,
  case when luck < 0.4 then 'online' else 'desk' end, 'desk', owner, e.owner_number_sealed,
  sha256(int8send(t.unit_id) || int8send(k)), owner, left(v.name_vi || ': ' || owner, 1000),
  e.pin_sealed, e.answers_sealed, e.contact_sealed, t.unit_id, t.unit_id, t.unit_id, t.unit_id,
  submitted_at, submitted_at + interval '1 day', submitted_at + interval '2 hours', submitted_at,
  case when state <> 'submitted' then submitted_at + interval '3 hours' end,
  case when state not in ('submitted', 'refused') then submitted_at + interval '3 hours' end,
  case when state not in ('submitted', 'refused') then submitted_at + interval '10 days' end,
  case when state not in ('submitted', 'refused') then submitted_at + interval '10 days' end,
  case when state = 'submitted' then submitted_at + interval '1 day'
    when k < %(open)s and state <> 'supplement' then submitted_at + interval '10 days' end,
  case when k >= %(open)s then least(now(), submitted_at + interval '9 days') end,
  case when state in ('decided', 'returned') then least(now(), submitted_at + interval '8 days') end,
  '', case when state in ('refused', 'stopped', 'withdrawn') then 'Thieu giay to' else '' end, 3
from timed t join version v on v.place = t.version_place cross join envelope e
"""
ITEMS = """
insert into services_workitem (
  id, dossier_id, number, step, name, role, unit_id, state, opened_at, due_at, done_at, note)
select gen_random_uuid(), id, 2, 'examine', 'examine', 'specialist', competent_unit_id,
  case when closed_at is null and state = 'processing' then 'open' else 'done' end, accepted_at, due_at,
  case when not (closed_at is null and state = 'processing') then least(now(), accepted_at + interval '2 days') end, ''
from services_dossier where reference like 'DK-Z%' and accepted_at is not null
"""
EVENTS = """
insert into events_event (name, subject_type, subject_id, actor, on_behalf_of, unit_id, before, after, facts, concerns,
  request_id, at, salt)
select case n when 1 then 'services.dossier.submitted' else 'services.dossier.accepted' end, 'services.dossier',
  id::text, 'system:demo', '', responsible_unit_id, case n when 1 then '' else 'submitted' end,
  case n when 1 then 'submitted' else state end, '{}', '{}', '', submitted_at + (n - 1) * interval '3 hours',
  substr(sha256(uuid_send(id)), 1, 16)
from services_dossier cross join generate_series(1, 2) n where reference like 'DK-Z%'
"""
LOOSE = """
select i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) from pg_index i
where i.indrelid = any (%s::regclass[]) and not exists (select 1 from pg_constraint c where c.conindid = i.indexrelid)
"""


def superuser(name: str) -> psycopg.Connection:
    address = make_conninfo(os.environ["DATABASE_SUPERUSER_URL"], dbname=name)
    return psycopg.connect(address, autocommit=True)


def fill(name: str, communes: list[int], dossiers: int) -> int:
    """How many were written. Indexes are left out while rows come and made anew afterwards."""
    per = dossiers // len(communes)
    facts = {
        "communes": communes, "per": per, "open": min(OPEN_PER_COMMUNE, per // 3), "days": DAYS,
        "family": FAMILY, "middle": MIDDLE, "given": GIVEN,
    }  # fmt: skip
    with superuser(name) as connection:
        for setting in (
            "session_replication_role = replica",
            "synchronous_commit = off",
            "maintenance_work_mem = '512MB'",
        ):
            connection.execute(f"set {setting}")
        connection.execute("select setseed(0.5)")
        loose = connection.execute(LOOSE, [list(TABLES)]).fetchall()
        for index, _definition in loose:
            connection.execute(f"drop index {index}")
        made = connection.execute(DOSSIERS, facts).rowcount
        connection.execute("create index bench_filled on services_dossier (reference text_pattern_ops)")
        connection.execute(ITEMS)
        connection.execute(EVENTS)
        connection.execute("drop index bench_filled")
        for _index, definition in loose:
            connection.execute(definition)
        for table in TABLES:
            connection.execute(f"vacuum (analyze) {table}")
    return int(made)
