"""Dossiers go to the archive before anything of lasting value is taken from them. NĐ 30/2020 Đ.30, 31

What goes into a package is fixed when it is begun; its digest is known when it was written whole; and only when the
archive says that it holds that very digest do the rules of retention go on.
"""

import hmac
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from portal.accounts.models import User
from portal.events import record, viewed
from portal.events.actors import Actor
from services.errors import NoReasonError, NotAllowedError, WrongStateError
from services.models import ArchivePackage, PackagedDossier
from services.models.retention import RECEIPT_LENGTH
from services.operations.lists import PEOPLE_TOLD
from services.policies import Capability, may_at
from services.queries.archive import MOST, to_archive
from services.retention_errors import NothingToArchiveError, OtherDigestError
from services.retention_kinds import PACKAGE_MOVES, PackageState


@transaction.atomic
def begin_package(*, unit_id: int, year: int, actor: User, now: datetime) -> ArchivePackage:
    """The one of this year that is on its way already, or a new one with the next dossiers of the year.

    Raises NotAllowedError, NothingToArchiveError.
    """
    _permit(unit_id, actor)
    rows = ArchivePackage.objects.select_for_update().filter(unit_id=unit_id, year=year)
    if (known := rows.exclude(state=PackageState.RECEIVED.value).first()) is not None:
        return known
    found = list(to_archive(unit_id, year, now)[:MOST])
    if not found:
        raise NothingToArchiveError
    last: int = rows.order_by().aggregate(last=Max("number"))["last"] or 0
    package = ArchivePackage(
        unit_id=unit_id,
        year=year,
        number=last + 1,
        state=PackageState.BEGUN.value,
        dossiers=len(found),
        begun_by=actor,
        begun_at=now,
    )
    package.save(force_insert=True)
    PackagedDossier.objects.bulk_create(
        PackagedDossier(dossier=one, package=package, number=number) for number, one in enumerate(found, 1)
    )
    _mark(package, "", {"unit": unit_id, "dossiers": len(found)}, actor, now)
    people = sorted({person for one in found for person in (one.owner_id, one.filer_id) if person})
    for first in range(0, len(people), PEOPLE_TOLD):
        some = people[first : first + PEOPLE_TOLD]
        viewed(package, actor=actor, unit=unit_id, purpose="handing over to the archive", at=now, concerns=some)
    return package


@transaction.atomic
def note_made(
    *, package: ArchivePackage, digest: str, files: int, size: int, actor: User, now: datetime
) -> ArchivePackage:
    """It was written to its last byte. Made again, the newer digest counts. Raises NotAllowedError, WrongStateError."""
    locked = _lock(package, PackageState.MADE, actor)
    before, locked.state = locked.state, PackageState.MADE.value
    locked.digest, locked.files, locked.bytes, locked.made_at = digest, files, size, now
    locked.save(update_fields=["state", "digest", "files", "bytes", "made_at"])
    _mark(locked, before, {"digest": digest, "files": files, "bytes": size}, actor, now)
    return locked


@transaction.atomic
def receive_package(
    *, package: ArchivePackage, digest: str, receipt: str, actor: User, now: datetime
) -> ArchivePackage:
    """The archive confirmed what it holds. Raises NotAllowedError, WrongStateError, OtherDigestError, NoReasonError."""
    locked = _lock(package, PackageState.RECEIVED, actor)
    if not hmac.compare_digest("".join(digest.split()).lower().encode(), locked.digest.encode()):
        raise OtherDigestError
    if not receipt.strip():
        raise NoReasonError
    before, locked.state = locked.state, PackageState.RECEIVED.value
    locked.received_by, locked.received_at, locked.receipt = actor, now, receipt.strip()[:RECEIPT_LENGTH]
    locked.save(update_fields=["state", "received_by", "received_at", "receipt"])
    _mark(locked, before, {"digest": locked.digest, "receipt": locked.receipt}, actor, now)
    return locked


def _lock(package: ArchivePackage, target: PackageState, actor: User) -> ArchivePackage:
    _permit(package.unit_id, actor)
    locked = ArchivePackage.objects.select_for_update(of=("self",)).get(pk=package.pk)
    if locked.state not in PACKAGE_MOVES[target][0]:
        raise WrongStateError
    return locked


def _permit(unit_id: int, actor: User) -> None:
    if not may_at(actor, Capability.RECORDS_KEEP, unit_id):
        raise NotAllowedError


def _mark(package: ArchivePackage, before: str, facts: dict[str, object], actor: Actor, now: datetime) -> None:
    """A package that is made again stays where it is: its event then names no state."""
    after = PackageState(package.state)
    told: dict[str, Any] = {"before": before, "after": after.value} if before != after.value else {}
    facts = {"year": package.year, "number": package.number, **facts}
    record(PACKAGE_MOVES[after][1], subject=package, actor=actor, unit=package.unit_id, at=now, facts=facts, **told)
