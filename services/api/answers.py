"""Rows of the catalogue as JSON."""

from datetime import timedelta
from typing import Any

from services.declarations import published_schema, read
from services.models import ProcedureVersion

Json = dict[str, Any]


def procedure(version: ProcedureVersion) -> Json:
    return {
        "code": version.code,
        "nameVi": version.name_vi,
        "nameEn": version.name_en,
        "fieldName": version.field,
        "levels": version.levels,
        "inName": version.in_name,
        "decisionNumber": version.decision_no,
        "processingSystem": version.processing_system,
        "onlineLevel": version.online_level,
        "filing": version.filing,
        "validFromDate": version.first_day.isoformat(),
        "validToDate": (version.until - timedelta(days=1)).isoformat() if version.until else None,
    }


def detail(version: ProcedureVersion) -> Json:
    return procedure(version) | {
        "version": version.pk,
        "decisionDate": version.decision_on.isoformat() if version.decision_on else None,
        "parts": version.parts,
        "steps": version.steps,
        "deepLink": version.deep_link,
        "onlineReasonVi": version.online_reason_vi,
        "minIdentityLevel": version.min_identity_level,
        "resultOnPaper": version.result_on_paper,
        "sourceName": version.source,
        "unverified": version.unverified,
    }


def form(version: ProcedureVersion) -> Json:
    definition = version.form.definition
    return {
        "code": version.code,
        "version": version.pk,
        "digest": version.form.digest,
        "schema": published_schema(read(definition)),
        "ui": {"title": definition["title"], **definition["ui"]},
    }
