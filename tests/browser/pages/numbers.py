"""Numbers in the addresses of pages, asked of the database of the running portal."""

import os
from functools import cache

import psycopg
from psycopg.conninfo import make_conninfo

PAPER = "select id from documents_document where origin_type = 'documents.demo' and origin_id"
CODE = PAPER.replace("select id", "select code")
ACT = "select id from units_reorg_event where legal_no"
SENT, STATES = (
    "select id from services_petition where state",
    ("waiting", "processing", "answered", "published", "refused"),
)
OWN = "select id from services_dossier where owner_name = 'Vàng Thị Ban' and state"
OWNED = "select id from services_dossier where owner_name ="
# Numbers that depend on the order in which the country was loaded: `{name}` in a path -> the question that finds it.
NUMBERS = {
    "commune": "select unit_id from units_unit_code where scheme = 'nso' and level = 'commune' and code = '02839'"
    " and upper_inf(valid)",
    "province": "select unit_id from units_unit_code where scheme = 'nso' and level = 'province' and code = '15'"
    " and upper_inf(valid)",
    "act": f"{ACT} = '01/NQ-DEMO'",
    "in_force": f"{ACT} = '02/NQ-DEMO'",
    "correction": f"{ACT} = '03/NQ-DEMO'",
    "held_up": f"{ACT} = '08/NQ-DEMO'",
    "held_up_day": f"{ACT} = '08/NQ-DEMO'".replace("select id", "select effective_on"),
    "returned_report": f"{ACT} = '09/NQ-DEMO'",
    "act_day": f"{ACT} = '02/NQ-DEMO'".replace("select id", "select effective_on"),
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
    "block": "select id from services_paperblock order by taken_at, id limit 1",
    "paper": "select id from services_papernumber where state = 'free' order by code limit 1",
    "asking": "select step.id from services_workitem step join services_consultation asked using (dossier_id)"
    " where step.state = 'open' order by step.id limit 1",
    "asked": "select id from services_consultation where state = 'open' and kind = 'verification' order by id limit 1",
    "joined": "select joined_id from services_linkedpart order by id limit 1",
    "order": "select id from services_dossierbatch order by ordered_at, id limit 1",
    "leave": "select id from services_leavecover order by entered_at, id limit 1",
    "received": f"{OWNED} 'Hoàng Văn Nam'",
    "step": "select w.id from services_workitem w join services_dossier d on d.id = w.dossier_id"
    " where w.state = 'open' and d.owner_name = 'Hoàng Văn Nam'",
    "late": f"{OWNED} 'Thào A Vừ'",
    "extended": f"{OWN} = 'processing'",
    "clicked": f"{OWNED} 'Tráng A Chu'",
    "claim": "select id from services_realmoment where state = 'claimed'",
    "longer": "select id from services_extension where state = 'asked'",
    "ended": f"{OWNED} 'Lù Văn Páo'",
    "held": f"{OWNED} 'Giàng Seo Pha'",
    "hold": "select id from services_retentionhold where state = 'held'",
    "package": "select id from services_archivepackage order by begun_at, id limit 1",
    "next_due": "select to_char(closed_at at time zone 'Asia/Ho_Chi_Minh' + interval '6 months', 'YYYY-FMMM')"
    " from services_dossier where owner_name = 'Lù Văn Páo'",
    "granted": "select id from services_extension where state = 'approved'",
    "own": f"{OWN} = 'submitted'",
    "lacking": f"{OWN} = 'supplement'",
    "lack": "select item.id from services_supplementitem item join services_supplement request"
    f" on request.id = item.supplement_id where request.dossier_id = ({OWN} = 'supplement')",
    "refused": f"{OWN} = 'refused'",
    "owing": f"{OWN} = 'accepted'",
    "refunding": f"{OWN} = 'withdrawn'",
    "qr": "select id from services_payment where state = 'open' order by begun_at, id limit 1",
    "cash": "select id from services_payment where state = 'paid' order by begun_at, id limit 1",
    "refund": "select id from services_refund order by asked_at, id limit 1",
    **{f"petition_{state}": f"{SENT} = '{state}' order by filed_at desc, id limit 1" for state in STATES},
    "public": "select min(id) from services_publishedpetition where retracted_at is null",
    "low": "select min(id) from services_ratingreply where state = 'open'",
    "drafted": f"{PAPER} = 'dang-soan'",
    "submitted": f"{PAPER} = 'cho-duyet'",
    "returned": f"{PAPER} = 'tra-lai'",
    "checked": f"{PAPER} = 'cho-ky-1'",
    "signed": f"{PAPER} = 'da-ky'",
    "issued": f"{PAPER} = 'trich-luc-moi'",
    "replaced": f"{PAPER} = 'trich-luc-cu'",
    "revoked": f"{PAPER} = 'thu-hoi'",
    "code": f"{CODE} = 'trich-luc-moi'",
    "old": f"{CODE} = 'trich-luc-cu'",
    "withdrawn": f"{CODE} = 'thu-hoi'",
    "batch": "select batch_id from documents_signingitem where state = 'failed' order by id limit 1",
    "certificate": "select id from documents_certificate order by id limit 1",
    "anchor": "select min(id) from documents_trustanchor",
    "stuck": "select id from notifications_notification where state = 'failed' order by ended_at, id limit 1",
    "day": "select min(id) from calendar_day where unit_id is null and date > '2026-12-31'",
}


OPEN_BOOKS = (
    "documents_register",
    "services_paper",
    "units_",
    "staff_",
    "calendar_",
)  # the rest is shown to the demo's purpose alone


@cache
def number(name: str, database: str) -> str:
    address = make_conninfo(os.environ["DATABASE_URL"], dbname=database)
    question = NUMBERS[name]
    with psycopg.connect(address) as connection:
        purpose = "verify" if any(f"from {table}" in question for table in OPEN_BOOKS) else "demo"
        connection.execute("select set_config('mc.purpose', %s, false)", [purpose])
        found = connection.execute(question.encode()).fetchone()
    if not found or found[0] is None:
        raise LookupError(f"No row for {name}: {question}")
    return str(found[0])
