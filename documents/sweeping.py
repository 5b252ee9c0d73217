"""Contents and rows are held against each other: what nobody refers to goes, what is missing is reported."""

import hashlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from documents import storage
from documents.holding import take_for_removal
from documents.models import Blob, RemovedContent, StoredFile
from documents.states import FileState
from portal.isolation import Purpose, scope

log = logging.getLogger(__name__)
KEPT = timedelta(days=1)  # longer than any transaction
AT_ONCE = 500  # released by one call; the rest has its turn at the next


@dataclass
class Report:
    """`missing` are hashes of rows whose content is gone, `altered` of those whose content is another."""

    contents: int = 0
    removed: int = 0
    missing: list[str] = field(default_factory=list)
    altered: list[str] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        return not self.missing and not self.altered


def sweep(*, now: datetime) -> Report:
    """Remove what has had no row for a day, and log loudly which rows have lost their content."""
    report = check(now=now, remove=True)
    if report.missing:
        log.error("%d contents of files are missing, such as %s", len(report.missing), report.missing[:5])
    return report


def check(*, now: datetime, remove: bool = False, contents: bool = False) -> Report:
    """Folder by folder, so that memory holds one part in 256. `contents` computes every hash again."""
    report = Report()
    for prefix in storage.PREFIXES:
        kept = Blob.objects.filter(sha256__gte=prefix, sha256__lt=f"{prefix}g", removed=None)
        known = set(kept.values_list("pk", flat=True))
        there = storage.listed(prefix)
        report.contents += len(known & there)
        report.missing += [sha256 for sha256 in sorted(known - there) if _is_still_missing(prefix, sha256)]
        if remove:
            report.removed += sum(_remove(prefix, entry, now=now) for entry in sorted(there - known))
        if contents:
            report.altered += list(_altered(sorted(known & there)))
    return report


def _is_still_missing(prefix: str, sha256: str) -> bool:
    """It may have come between the two lists."""
    return sha256 not in storage.listed(prefix)


def _remove(prefix: str, entry: str, *, now: datetime) -> bool:
    if now - storage.stored_at(prefix, entry) < KEPT:
        return False
    if storage.half_written(entry) or len(entry) != hashlib.sha256().digest_size * 2:
        storage.remove(prefix, entry)
        return True
    with transaction.atomic():
        if not take_for_removal(entry) or Blob.objects.filter(pk=entry, removed=None).exists():
            return False
        storage.remove(prefix, entry)
    return True


def _altered(hashes: list[str]) -> Iterator[str]:
    for sha256 in hashes:
        digest = hashlib.sha256()
        with storage.open_content(sha256) as content:
            for block in storage.chunks(content):
                digest.update(block)
        if digest.hexdigest() != sha256:
            yield sha256


def release_contents(*, now: datetime) -> int:
    """Contents that only removed files refer to leave the storage, each in a transaction of its own; how many did.

    A crash between the removal of the rows and this leaves contents that the next call finds.
    """
    with transaction.atomic(), scope(purpose=Purpose.RETENTION):
        found = list(_unused().order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    return sum(_release(sha256, now) for sha256 in found)


def _unused() -> QuerySet[Blob]:
    files = StoredFile.objects.filter(blob=OuterRef("pk"))
    gone, kept = files.filter(state=FileState.REMOVED), files.exclude(state=FileState.REMOVED)
    return Blob.objects.filter(Exists(gone), ~Exists(kept), removed=None)


@transaction.atomic
def _release(sha256: str, now: datetime) -> bool:
    """Not while somebody is storing the same content: that one may be about to refer to it."""
    with scope(purpose=Purpose.RETENTION):
        if not take_for_removal(sha256) or not _unused().filter(pk=sha256).exists():
            return False
        RemovedContent.objects.create(blob_id=sha256, removed_at=now)
        storage.remove(sha256[:2], sha256)
    return True
