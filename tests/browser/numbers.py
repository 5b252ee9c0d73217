"""Numbers in the addresses of pages, asked of the database of the running portal."""

import os
from functools import cache

import psycopg
from psycopg.conninfo import make_conninfo

DEMO_DOCUMENT = "select id from documents_document where origin_type = 'documents.demo' and origin_id"

# Numbers that depend on the order in which the country was loaded: `{name}` in a path -> the question that finds it.
NUMBERS = {
    "commune": "select unit_id from units_unit_code where scheme = 'nso' and level = 'commune' and code = '02839'"
    " and upper_inf(valid)",
    "province": "select unit_id from units_unit_code where scheme = 'nso' and level = 'province' and code = '15'"
    " and upper_inf(valid)",
    "whole": "select min(old_id) from units_succession where kind = 'whole'",
    "split": "select min(old_id) from (select old_id from units_succession group by old_id having count(*) = 5) five",
    "dissolved": "select min(old_id) from units_succession where kind = 'part'",
    "nobody": "select max(unit_id) from units_unit_code where level = 'commune' and upper_inf(valid)",
    "assignment": "select min(id) from staff_assignment where user_id is not null and upper_inf(valid)",
    "empty": "select min(unit_id) from units_unit_version commune where upper_inf(valid) and parent_id ="
    " (select unit_id from units_unit_code where scheme = 'nso' and level = 'province' and code = '15'"
    " and upper_inf(valid)) and not exists (select from staff_assignment where unit_id = commune.unit_id)",
    "outgoing": "select id from documents_register_book where kind = 'outgoing' order by year desc, id limit 1",
    "incoming": "select id from documents_register_book where kind = 'incoming' order by year desc, id limit 1",
    "entry": "select max(id) from documents_register_entry where kind = 'outgoing' and state = 'valid'",
    "arrival": "select max(id) from documents_register_entry where kind = 'incoming'",
    "void": "select max(id) from documents_register_entry where state = 'voided'",
    "waiting": "select id from services_dossier where state = 'submitted' order by submitted_at, id limit 1",
    "received": "select id from services_dossier where state = 'processing' or state = 'accepted' order by id limit 1",
    "drafted": f"{DEMO_DOCUMENT} = 'dang-soan'",
    "returned": f"{DEMO_DOCUMENT} = 'tra-lai'",
    "checked": f"{DEMO_DOCUMENT} = 'cho-ky-1'",
    "signed": f"{DEMO_DOCUMENT} = 'da-ky'",
    "issued": f"{DEMO_DOCUMENT} = 'trich-luc-moi'",
    "revoked": f"{DEMO_DOCUMENT} = 'thu-hoi'",
    "code": "select code from documents_document where origin_type = 'documents.demo' and origin_id = 'trich-luc-moi'",
    "old": "select code from documents_document where origin_type = 'documents.demo' and origin_id = 'trich-luc-cu'",
    "batch": "select batch_id from documents_signingitem where state = 'failed' order by id limit 1",
    "day": "select min(id) from calendar_day where unit_id is null and date > '2026-12-31'",
}


@cache
def number(name: str, database: str) -> str:
    address = make_conninfo(os.environ["DATABASE_URL"], dbname=database)
    with psycopg.connect(address) as connection:
        asks_demo = "documents.demo" in NUMBERS[name] or name in {"waiting", "received", "batch"}
        purpose = "demo" if asks_demo else "verify"  # the rows of every unit
        connection.execute("select set_config('mc.purpose', %s, false)", [purpose])
        found = connection.execute(NUMBERS[name].encode()).fetchone()
    if not found or found[0] is None:
        raise LookupError(f"No row for {name}: {NUMBERS[name]}")
    return str(found[0])
