"""Versions of procedures are published and withdrawn. What was published once is never changed: a new one begins."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from portal.events import record
from portal.events.actors import System
from services.catalogue.fixture import Hints, digest
from services.catalogue.parts import faults
from services.declarations import faults_of_form
from services.errors import EndedError, NotAllowedError, NotPublishableError, OutOfOrderError
from services.events import Fact
from services.models import DeclarationForm, Procedure, ProcedureVersion
from services.policies import may_publish
from staff.policies import Asker

NO_HINTS = Hints()


@transaction.atomic
def publish_version(
    *,
    description: Mapping[str, Any],
    form: Mapping[str, Any],
    hints: Hints = NO_HINTS,
    first_day: date | None = None,
    actor: Asker | System,
    now: datetime,
) -> ProcedureVersion:
    """Publish what `services/data/procedure.schema.json` describes, from `first_day` or the day that it names.

    The version before ends on that day. The same content again changes nothing and returns what is there. Raises
    `NotPublishableError` with every fault, `OutOfOrderError`.
    """
    if not may_publish(actor):
        raise NotAllowedError
    code = str(description.get("code", "?"))
    if wrong := faults(description):
        raise NotPublishableError(code, wrong)
    component_keys = [component["key"] for component in description["parts"]["components"]]
    if wrong := faults_of_form(form, component_keys):
        raise NotPublishableError(code, wrong)
    procedure = _locked_procedure(code, now)
    content = digest([description, form])
    before = procedure.versions.filter(valid__endswith__isnull=True).first()
    if before is not None and before.digest == content:
        return before
    begins = first_day or date.fromisoformat(description["valid_from"])
    _close(procedure, before, begins)
    version = ProcedureVersion.objects.create(
        procedure=procedure,
        valid=DateRange(begins, None),
        form=_form(form, now),
        digest=content,
        recorded_at=now,
        words=hints.words,
        life_events=list(hints.life_events),
        **_columns(description),
    )
    told = {
        "code": code,
        "version": version.pk,
        "decision": version.decision_no,
        "from": begins,
        "form": version.form_id,
    }
    told["replaces"] = before.pk if before else None
    record(Fact.PROCEDURE_PUBLISHED, subject=version, actor=actor, unit=None, at=now, facts=told)
    return version


@transaction.atomic
def withdraw_version(
    *, version: ProcedureVersion, until: date, decision_no: str, actor: Asker | System, now: datetime
) -> ProcedureVersion:
    """`until` is the first day without it. Dossiers that were accepted under it go on."""
    if not may_publish(actor):
        raise NotAllowedError
    locked = ProcedureVersion.objects.select_for_update(of=("self",)).select_related("procedure").get(pk=version.pk)
    if locked.until is not None or until <= locked.first_day:
        raise EndedError
    locked.valid = DateRange(locked.first_day, until)
    locked.save(update_fields=["valid"])
    told = {"code": locked.code, "version": locked.pk, "until": until, "decision": decision_no[:60]}
    record(Fact.PROCEDURE_WITHDRAWN, subject=locked, actor=actor, unit=None, at=now, facts=told)
    return locked


def _locked_procedure(code: str, now: datetime) -> Procedure:
    """Two who publish the same procedure come one after the other."""
    Procedure.objects.get_or_create(code=code, defaults={"recorded_at": now})
    return Procedure.objects.select_for_update().get(code=code)


def _close(procedure: Procedure, before: ProcedureVersion | None, begins: date) -> None:
    if before is None:
        if procedure.versions.filter(valid__endswith__gt=begins).exists():
            raise OutOfOrderError
        return
    if before.first_day >= begins:
        raise OutOfOrderError
    before.valid = DateRange(before.first_day, begins)
    before.save(update_fields=["valid"])


def _form(form: Mapping[str, Any], now: datetime) -> DeclarationForm:
    found, _made = DeclarationForm.objects.get_or_create(
        digest=digest(form), defaults={"code": form["code"], "definition": dict(form), "recorded_at": now}
    )
    return found


def _columns(description: Mapping[str, Any]) -> dict[str, Any]:
    handling, decision = description["handling"], description["decision"]
    return {
        "decision_no": decision["number"],
        "decision_on": date.fromisoformat(decision["date"]) if decision["date"] else None,
        "name_vi": description["name_vi"],
        "name_en": description["name_en"],
        "field": description["field"],
        "levels": description["levels"],
        "parts": description["parts"],
        "steps": description["steps"],
        "processing_system": handling["processing_system"],
        "online_level": handling["online_level"],
        "online_reason_vi": handling["online_reason_vi"],
        "filing": handling["filing"],
        "deep_link": handling["deep_link"],
        "supplements_at_reception": handling["max_supplements"]["reception"],
        "supplements_in_processing": handling["max_supplements"]["processing"],
        "pause_on_payment": handling["pause_on_payment"],
        "min_identity_level": handling["min_identity_level"],
        "result_on_paper": handling["result_on_paper"],
        "source": description["source"],
        "unverified": description["unverified"],
    }
