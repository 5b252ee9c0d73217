"""Officers of every commune and their citizens, written by SQL past triggers and policies. Only the shapes are real:
what lies sealed is one envelope over and over, and filled rows stand in no chain of events.
"""

from dataclasses import dataclass
from datetime import date

import psycopg

from services.replay.invented import invented

POSTS = ("desk-officer", "civil-status-specialist", "commune-chair")
SINCE = date(2025, 1, 1)

STAFF = """
create temp table replay_officer as
select gen_random_uuid() as user_id, gen_random_uuid() as person_id, unit_id, post, name
from unnest(%(communes)s::bigint[]) as unit_id cross join
  unnest(%(posts)s::text[], %(names)s::text[]) as kind (post, name);
"""
ROWS = (
    """insert into accounts_user (id, password, kind, username, is_active, created_at)
       select user_id, '!', 'officer', 'p' || unit_id || '.' || post, true, %(since)s from replay_officer""",
    """insert into staff_person (id, user_id, name, number_sealed, number_index, recorded_at)
       select person_id, user_id, name, %(envelope)s, sha256(uuid_send(person_id)), %(since)s from replay_officer""",
    """insert into staff_post (unit_id, code, title, phone, valid, recorded_at)
       select unit_id, post, '', '', daterange(%(since)s, null), %(since)s from replay_officer""",
    """insert into staff_assignment (person_id, user_id, post_id, unit_id, kind, valid, decision_no, decision_on,
         recorded_at)
       select o.person_id, o.user_id, p.id, o.unit_id, 'main', daterange(%(since)s, null), '01/DEMO', %(since)s,
         %(since)s
       from replay_officer o join staff_post p on p.unit_id = o.unit_id and p.code = o.post""",
    """insert into documents_register_book (unit_id, kind, series, year, state, last_number, head_hash, opened_at,
         closed_by, close_ground)
       select unit_id, 'outgoing', 'general', 2025, 'open', 17, repeat('0', 64), %(since)s, '', ''
       from unnest(%(communes)s::bigint[]) as unit_id""",
    # Every fifth commune has a letter under way, which is called off with it
    """insert into documents_document (id, code, unit_id, division, type_code, layout_code, layout_version, layout_on,
         subject, urgency, secrecy, content, capacity, signer_id, state, revision, number, drafted_by, drafted_at,
         shared_with, ended_reason, origin_type, origin_id, result_code)
       select gen_random_uuid(), 'MC' || lpad(a.id::text, 14, '0'), a.unit_id, '', 'cong-van', 'cong-van', 1, %(since)s,
         %(letter)s, 'normal', 'none', '{}', '', a.id, 'draft', 1, '', 'user:' || a.user_id, %(since)s, '{}',
         '', '', '', ''
       from staff_assignment a join staff_post p on p.id = a.post_id
       where p.code = 'commune-chair' and a.unit_id %% 5 = 0""",
    """insert into accounts_user (id, password, kind, username, is_active, created_at)
       select gen_random_uuid(), '!', 'citizen', 'dan' || n, true, %(since)s
       from generate_series(1, %(citizens)s) as n""",
)


@dataclass(frozen=True, slots=True)
class People:
    officers: int
    citizens: int


def fill(database: psycopg.Connection, communes: list[int], *, citizens: int, envelope: bytes) -> People:
    """Three officers a commune with their posts, its open register book, and so many citizens of the whole country."""
    facts = {
        "communes": communes, "posts": list(POSTS), "since": SINCE, "envelope": envelope, "citizens": citizens,
        "names": invented()["officers"], "letter": invented()["letter"],
    }  # fmt: skip
    database.execute(STAFF, facts)
    for statement in ROWS:
        database.execute(statement, facts)
    return People(len(communes) * len(POSTS), citizens)
