"""A procedure as CPSV-AP 3.2.0 in JSON-LD, for catalogues of other states and for search engines."""

from typing import Any

from django.utils.translation import gettext, override

from services import wording
from services.models import ProcedureVersion

CONTEXT = {
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "schema": "https://schema.org/",
}
Json = dict[str, Any]


def _vi(text: str) -> Json:
    return {"@value": text, "@language": "vi"}


def _texts(vi: str, en: str) -> list[Json]:
    return [_vi(vi), *([{"@value": en, "@language": "en"}] if en else [])]


def as_json_ld(version: ProcedureVersion, page: str) -> Json:
    """`page` is the address of the procedure, which names it and, with a fragment, everything in it."""
    with override("vi"):
        organ = version.parts.get("organs", {}).get("competent") or gettext("People's Committee of the commune")
    body: Json = {
        "@context": CONTEXT,
        "@id": page,
        "@type": ["cpsv:PublicService", "schema:GovernmentService"],
        "dct:identifier": version.code,
        "dct:title": _texts(version.name_vi, version.name_en),
        "dct:description": _vi(version.parts.get("limit", {}).get("notes_vi") or version.name_vi),
        "cv:thematicArea": _vi(version.field),
        "cv:hasCompetentAuthority": {
            "@id": f"{page}#co-quan",
            "@type": "cv:PublicOrganisation",
            "skos:prefLabel": _vi(organ),
            "dct:spatial": {"@id": f"{page}#pham-vi", "@type": "dct:Location"},
        },
    }
    if not version.in_name:
        body |= _parts(version.parts, page)
    return body


def _parts(parts: Json, page: str) -> Json:
    return {
        "cv:hasChannel": [
            {"@id": f"{page}#kenh-{row['channel']}", "@type": "cv:Channel", "dct:identifier": row["channel"]}
            for row in parts["channels"]
        ],
        "cv:hasCost": [
            {
                "@id": f"{page}#phi-{row['channel']}",
                "@type": "cv:Cost",
                "dct:identifier": f"fee-{row['channel']}",
                "dct:description": _vi(parts["fees"]["rule_vi"]),
                **({"cv:value": row["fee_vnd"], "cv:currency": "VND"} if row["fee_vnd"] is not None else {}),
            }
            for row in parts["channels"]
        ],
        "cpsv:hasInput": [
            {
                "@id": f"{page}#giay-to-{row['key']}",
                "@type": "cv:Evidence",
                "dct:identifier": row["key"],
                "dct:title": _texts(row["name_vi"], row["name_en"]),
            }
            for row in parts["components"]
        ],
        "cpsv:produces": [
            {
                "@id": f"{page}#ket-qua-{number}",
                "@type": "cpsv:Output",
                "dct:identifier": row["code"] or f"result-{number}",
                "dct:title": _texts(row["name_vi"], row["name_en"]),
            }
            for number, row in enumerate(parts["results"], 1)
        ],
        "cv:holdsRequirement": [
            {
                "@id": f"{page}#dieu-kien-{number}",
                "@type": "cv:Requirement",
                "dct:identifier": f"requirement-{number}",
                "dct:title": _vi(text),
            }
            for number, text in enumerate(parts["conditions"], 1)
        ],
        "cpsv:follows": {
            "@id": f"{page}#trinh-tu",
            "@type": "cpsv:Rule",
            "dct:identifier": "order",
            "dct:title": _vi(parts["order"][0]["vi"]),
            "dct:description": _vi(" ".join(row["vi"] for row in parts["order"])),
        },
        "cv:hasLegalResource": [
            {"@id": f"{page}#can-cu-{number}", "@type": "eli:LegalResource", "dct:title": _vi(text)}
            for number, text in enumerate(parts["legal_basis"], 1)
        ],
        "cv:processingTime": wording.duration(parts["limit"]["value"], parts["limit"]["unit"]),
    }
