"""Papers of what is handed on: a unit that does not keep the closed work of the one before reads no file of it yet."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection

from documents.operations.files import share_on_handover
from portal.events.actors import Actor
from services.models import Attachment, ConsultationFile, Mandate, Message, PetitionFile, PrintedForm, RealMoment

PAPERS = (  # where a file hangs on a dossier, and how its dossier is named there
    (Attachment, "component__dossier"),
    (ConsultationFile, "consultation__dossier"),
    (Mandate, "dossier"),
    (Message, "dossier"),
    (PrintedForm, "dossier"),
    (RealMoment, "dossier"),
)
EVIDENCE = """
update services_evidence e set units = e.units || m.units
from (select subject, array_agg(unit) as units from unnest(%s::uuid[], %s::bigint[]) as p(subject, unit) group by 1) m
where e.subject_id = m.subject and not m.units <@ e.units
"""


def follow(going: Iterable[tuple[uuid.UUID, int]], *, actor: Actor, now: datetime) -> None:
    """Dossiers with the units that have a part in them now: files and what registers answered are theirs to read."""
    pairs = sorted(set(going))
    if not pairs:
        return
    dossiers = [pk for pk, _unit in pairs]
    rows = [
        model.objects.filter(**{f"{way}__in": dossiers}).exclude(file=None).order_by().values_list(way, "file")
        for model, way in PAPERS
    ]
    _share(rows[0].union(*rows[1:]), pairs, actor, now)
    with connection.cursor() as cursor:
        cursor.execute(EVIDENCE, [dossiers, [unit for _pk, unit in pairs]])


def petitions_follow(going: Iterable[tuple[uuid.UUID, int]], *, actor: Actor, now: datetime) -> None:
    pairs = sorted(set(going))
    if pairs:
        rows = PetitionFile.objects.filter(petition__in=[pk for pk, _unit in pairs])
        _share(rows.order_by().values_list("petition", "file"), pairs, actor, now)


def _share(rows: Any, pairs: Iterable[tuple[uuid.UUID, int]], actor: Actor, now: datetime) -> None:
    units: dict[uuid.UUID, set[int]] = {}
    for pk, unit in pairs:
        units.setdefault(pk, set()).add(unit)
    found = [(file, unit) for pk, file in rows for unit in units[pk]]
    share_on_handover(pairs=found, actor=actor, now=now)
