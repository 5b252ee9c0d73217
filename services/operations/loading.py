"""The catalogue of the files becomes that of the portal. Repeatable: the same stays, what changed begins anew."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.timezone import localdate

from portal.events import record
from portal.events.actors import System
from services.catalogue.fixture import GENERIC, Catalogue, Row, digest
from services.events import Fact
from services.kinds import Filing, OnlineLevel
from services.models import DeclarationForm, Procedure, ProcedureVersion
from services.models.catalogue import LOCAL
from services.operations.catalogue import publish_version

IN_NAME_FROM = date(2026, 7, 1)  # the public catalogue was read in the middle of 2026; its days of effect are unknown
IN_NAME_SOURCE = "dichvucong.gov.vn"
NATIONAL_PORTAL = "https://dichvucong.gov.vn/"
UNSURE = ["valid_from", "parts", "online_level", "filing"]
NO_PAPERS: Mapping[str, Any] = {"code": GENERIC, "form": GENERIC, "parts": {"components": [], "forms": []}}


@dataclass(frozen=True, slots=True)
class Loaded:
    """`published` in full and `in_name` now; `unchanged` of both."""

    published: int
    in_name: int
    unchanged: int


@transaction.atomic
def load_catalogue(*, catalogue: Catalogue, actor: System, now: datetime) -> Loaded:
    """Raises `NotPublishableError` with the first description that is not complete; then nothing was loaded. What the
    files don't name any more stays: a procedure ends by a decision."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('services.catalogue'))")
    known = {
        version.procedure.code: version
        for version in ProcedureVersion.objects.filter(valid__endswith__isnull=True).listed().order_by("id")
    }
    published = sum(_publish(catalogue, code, known.get(code), actor, now) for code in catalogue.full)
    generic = _generic(catalogue, now)
    fresh = [row for row in catalogue.in_name if _differs(row, known.get(row.code))]
    _close(fresh, known, localdate(now))
    _enter(fresh, known, catalogue, generic, now)
    _keep_hints(catalogue)
    total = len(catalogue.full) + len(catalogue.in_name)
    loaded = Loaded(published, len(fresh), total - published - len(fresh))
    if published or fresh:
        record(
            Fact.CATALOGUE_LOADED,
            subject=("services.catalogue", "national"),
            actor=actor,
            unit=None,
            at=now,
            facts={**asdict(loaded), "digest": digest([row.code for row in fresh])},
        )
    return loaded


def _publish(catalogue: Catalogue, code: str, before: ProcedureVersion | None, actor: System, now: datetime) -> bool:
    description = catalogue.full[code]
    form = catalogue.form_of(description)
    if before is not None and before.digest == digest([description, form]):
        return False
    first_day = _next_day(before, localdate(now)) if before else None
    hints = catalogue.hints_of(code, description.get("field", ""))
    publish_version(description=description, form=form, hints=hints, first_day=first_day, actor=actor, now=now)
    return True


def _next_day(before: ProcedureVersion, today: date) -> date:
    """Files that were corrected hold from today; never from a day on which the version before begins."""
    return max(today, before.first_day + timedelta(days=1))


def _generic(catalogue: Catalogue, now: datetime) -> DeclarationForm:
    form = catalogue.form_of(NO_PAPERS)
    found, _made = DeclarationForm.objects.get_or_create(
        digest=digest(form), defaults={"code": GENERIC, "definition": dict(form), "recorded_at": now}
    )
    return found


def _digest(row: Row) -> str:
    return digest(asdict(row))


def _differs(row: Row, before: ProcedureVersion | None) -> bool:
    """What is known in full is never replaced by a mere name."""
    return before is None or (before.in_name and before.digest != _digest(row))


def _close(rows: Iterable[Row], known: Mapping[str, ProcedureVersion], today: date) -> None:
    for row in rows:
        if before := known.get(row.code):
            before.valid = DateRange(before.first_day, _next_day(before, today))
            before.save(update_fields=["valid"])


def _enter(
    rows: list[Row], known: Mapping[str, ProcedureVersion], catalogue: Catalogue, form: DeclarationForm, now: datetime
) -> None:
    """All at once: they are many, and nobody has published them in full."""
    made = [Procedure(code=row.code, recorded_at=now) for row in rows if row.code not in known]
    Procedure.objects.bulk_create(made, ignore_conflicts=True)
    procedures = Procedure.objects.in_bulk([row.code for row in rows], field_name="code")
    today = localdate(now)
    versions = []
    for row in rows:
        before, hints = known.get(row.code), catalogue.hints_of(row.code, row.field)
        begins = before.until if before and before.until else min(IN_NAME_FROM, today)
        central = row.processing_system != LOCAL
        versions.append(
            ProcedureVersion(
                procedure=procedures[row.code],
                valid=DateRange(begins, None),
                decision_no=row.decision,
                name_vi=row.name_vi,
                field=row.field,
                levels=list(row.levels),
                in_name=True,
                form=form,
                processing_system=row.processing_system,
                online_level=OnlineLevel.NONE,
                filing=Filing.HAND_OFF if central else Filing.DESK_ONLY,
                deep_link=NATIONAL_PORTAL if central else "",
                source=IN_NAME_SOURCE,
                unverified=UNSURE,
                words=hints.words,
                life_events=list(hints.life_events),
                digest=_digest(row),
                recorded_at=now,
            )
        )
    ProcedureVersion.objects.bulk_create(versions, batch_size=200)


def _keep_hints(catalogue: Catalogue) -> None:
    """Everyday words help to find and are no part of what was published: they may change."""
    for version in ProcedureVersion.objects.filter(valid__endswith__isnull=True).listed().order_by("id"):
        hints = catalogue.hints_of(version.procedure.code, version.field)
        if (version.words, version.life_events) != (hints.words, list(hints.life_events)):
            version.words, version.life_events = hints.words, list(hints.life_events)
            version.save(update_fields=["words", "life_events"])
