"""Acts that are being made, as JSON."""

from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from portal.api.naming import abilities as in_camel
from units.api import answers
from units.models import ReorgEvent, ReorgProof, ReorgSimulation
from units.operations.proving import proof_digest
from units.operations.rows import Table
from units.operations.simulating import words_of
from units.policies import Asker, abilities

Json = dict[str, Any]


def act(row: ReorgEvent, user: Asker) -> Json:
    who = str(getattr(user, "event_actor", ""))
    digest, signer = getattr(row, "last_digest", None), getattr(row, "signer", None)
    able = abilities(user, state=row.state, unit_id=row.unit_id, is_author=who in row.authors, is_signer=signer == who)
    return {
        **answers.act(row),
        "unitId": row.unit_id,
        "note": row.note,
        "fileDigest": bytes(row.file_sha256).hex() if row.file_sha256 else None,
        "corrects": row.corrects_id,
        "decideDays": row.decide_days,
        "trouble": row.trouble,
        "digest": bytes(digest).hex() if digest else None,
        "abilities": in_camel(able),
    }


def rows(table: Table) -> Json:
    return {
        "results": [
            {
                "key": row.key,
                "unitId": row.unit_id,
                "isNew": row.is_new,
                "name": row.name,
                "type": row.type,
                "parentId": row.parent_id,
                "code": row.code,
                "axisCode": row.axis_code,
            }
            for row in table.results
        ],
        "sources": [
            {
                "oldId": row.old_id,
                "newId": row.new_id,
                "share": row.share,
                "isDefault": row.is_default,
                "rule": dict(row.rule) if row.rule else None,
            }
            for row in table.sources
        ],
    }


def simulation(row: ReorgSimulation) -> Json:
    return {
        "number": row.number,
        "madeAt": localtime(row.made_at).isoformat(),
        "digest": bytes(row.digest).hex(),
        "stopping": sum(blocker["stops"] for blocker in row.blockers),
        "counts": [_figure(count) for count in row.counts],
        "blockers": [_blocker(blocker) for blocker in row.blockers],
        "flows": [
            {
                "oldId": flow["old"],
                "oldFullName": flow["old_name"],
                "newId": flow["new"],
                "newFullName": flow["new_name"],
                "share": flow["share"],
                "isDefault": flow["is_default"],
                "hasRule": flow["has_rule"],
            }
            for flow in row.flows
        ],
    }


def proof(row: ReorgProof) -> Json:
    return {
        "madeAt": localtime(row.made_at).isoformat(),
        "digest": proof_digest(row),
        "holds": row.holds,
        "before": [_figure(figure) for figure in row.before],
        "after": [_figure(figure) for figure in row.after],
        "moves": [
            {
                "handover": move["handover"],
                "what": move["what"],
                "state": move["state"],
                "fromUnitId": move["from_unit"],
                "toUnitId": move["to_unit"],
                "number": move["number"],
            }
            for move in row.moves
        ],
        "findings": [
            {
                "handover": found["handover"],
                "code": found["code"],
                "unitId": found["unit"],
                "number": found["number"],
                "sentence": in_words(found, words_of(found["handover"]).findings.get(found["code"], found["code"])),
            }
            for found in row.findings
        ],
    }


def in_words(row: Json, text: object) -> str:
    unit = _("unit %(id)s") % {"id": row["unit"]} if row.get("unit") else ""
    return str(text) % {"number": row.get("number", ""), "unit": row.get("unit_name") or unit}


def _figure(row: Json) -> Json:
    words = words_of(row["handover"])
    return {
        "handover": row["handover"],
        "what": row["what"],
        "whatInWords": str(words.things.get(row["what"], row["what"])),
        "unitId": row["unit"],
        "state": row["state"],
        "officerId": row.get("officer") or None,
        "number": row["number"],
        "isConserved": row["conserved"],
    }


def _blocker(row: Json) -> Json:
    known = words_of(row["handover"]).blockers.get(row["code"])
    return {
        "handover": row["handover"],
        "code": row["code"],
        "unitId": row["unit"],
        "number": row["number"],
        "stops": row["stops"],
        "sentence": in_words(row, known.what if known else row["code"]),
        "cure": in_words(row, known.cure) if known else "",
        "address": row["url"] or None,
    }
