"""A package for the archive, written as it is sent: memory holds one block of one file, whatever the package holds.

index.csv, index.json        one line for each dossier
ho-so/00001/ho-so.json       what was declared, decided and when
ho-so/00001/ket-qua.pdf      the issued result, byte for byte as it was signed
ho-so/00001/tep/001-…        what was sent in, and the forms of the desk
SHA256SUMS                   the digest of every file before it, as sha256sum reads it
"""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localtime

from documents import storage
from documents.models import StoredFile
from documents.queries.results import sealed_files
from documents.states import FileState
from portal.accounts.models import User
from portal.api import sheets
from portal.isolation import Purpose, scope
from services.models import ArchivePackage, ClockEntry, Dossier, PackagedDossier
from services.operations.archiving import note_made
from services.queries import retention as queries

COLUMNS = (
    "number", "code", "reference", "procedure", "procedure_name", "field", "outcome", "submitted_at", "accepted_at",
    "due_at", "decided_at", "closed_at", "owner", "files",
)  # fmt: skip  # as a paragraph
STAMP = (1980, 1, 1, 0, 0, 0)  # the same content gives the same bytes, whenever it is made
LONGEST_NAME = 80
Row = dict[str, Any]


class _Outlet(io.RawIOBase):
    """What was written since it was last drained. ZIP needs no seeking here: sizes stand behind each file."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.waiting += data
        return len(data)

    def drain(self) -> bytes:
        taken = bytes(self.waiting)
        self.waiting.clear()
        return taken


@dataclass
class _Pack:
    """The package as far as it is written: its own digest, and those of its files."""

    outlet: _Outlet = field(default_factory=_Outlet)
    digest: Any = field(default_factory=hashlib.sha256)
    size: int = 0
    manifest: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.archive = zipfile.ZipFile(self.outlet, "w", zipfile.ZIP_DEFLATED)

    def drained(self) -> Iterator[bytes]:
        if block := self.outlet.drain():
            self.digest.update(block)
            self.size += len(block)
            yield block

    def add(self, name: str, blocks: Iterator[bytes]) -> Iterator[bytes]:
        one, info = hashlib.sha256(), zipfile.ZipInfo(name, STAMP)
        info.compress_type = zipfile.ZIP_DEFLATED
        with self.archive.open(info, "w", force_zip64=True) as entry:
            for block in blocks:
                one.update(block)
                entry.write(block)
                yield from self.drained()
        self.manifest.append(f"{one.hexdigest()}  {name}\n")
        yield from self.drained()

    def close(self) -> Iterator[bytes]:
        yield from self.add("SHA256SUMS", iter(["".join(self.manifest).encode()]))
        self.archive.close()
        yield from self.drained()


def written(package: ArchivePackage, *, actor: User, now: datetime) -> Iterator[bytes]:
    """The bytes of the package. After the last one its digest is recorded; one that was broken off changes nothing.

    Each dossier is read in a transaction of its own. Who may do this was asked when the package was begun, and is asked
    again when it is recorded.
    """
    pack, rows = _Pack(), []
    with transaction.atomic(), scope(units=[package.unit_id]):
        found = PackagedDossier.objects.filter(package=package).order_by("number")
        keys = list(found.values_list("number", "dossier_id"))
    for number, key in keys:
        with transaction.atomic(), scope(units=[package.unit_id], purpose=Purpose.RETENTION):
            dossier = Dossier.objects.select_related("version__procedure").get(pk=key)
            files = _files(dossier)
            row = _row(number, dossier, files)
            said = _said(dossier, row)
        rows.append(row)
        folder = f"ho-so/{number:05}"
        yield from pack.add(f"{folder}/ho-so.json", _json(said))
        for name, sha256 in files:
            with storage.open_content(sha256) as content:
                yield from pack.add(f"{folder}/{name}", storage.chunks(content))
    yield from pack.add("index.csv", _csv(rows))
    yield from pack.add("index.json", _json({"package": str(package.pk), "dossiers": rows}))
    yield from pack.close()
    with transaction.atomic(), scope(units=[package.unit_id], citizen=actor.pk):
        digest, files_there = pack.digest.hexdigest(), len(pack.manifest)
        note_made(package=package, digest=digest, files=files_there, size=pack.size, actor=actor, now=now)


def _files(dossier: Dossier) -> list[tuple[str, str]]:
    """Name within the folder and hash of the content: the result first."""
    results = sealed_files([dossier.result_document]) if dossier.result_document else {}
    found = [("ket-qua.pdf", StoredFile.objects.get(pk=file_id).blob_id) for file_id in results.values()]
    there = queries.files_of(dossier).filter(state=FileState.CLEAN)
    named = [(f"tep/{number:03}-{file.name[-LONGEST_NAME:]}", file.blob_id) for number, file in enumerate(there, 1)]
    return found + named


def _row(number: int, dossier: Dossier, files: list[tuple[str, str]]) -> Row:
    version = dossier.version
    moments = ("submitted_at", "accepted_at", "due_at", "decided_at", "closed_at")
    return {
        "number": number,
        "code": dossier.code,
        "reference": dossier.reference,
        "procedure": version.procedure.code,
        "procedure_name": version.name_vi,
        "field": version.field,
        "outcome": dossier.state,
        **{name: _local(getattr(dossier, name)) for name in moments},
        "owner": dossier.owner_name,
        "files": len(files),
    }


def _said(dossier: Dossier, row: Row) -> Row:
    clock = ClockEntry.objects.filter(dossier=dossier).order_by("id")
    return row | {
        "owner_number": dossier.owner_number,
        "filer": dossier.filer_name,
        "summary": dossier.summary,
        "reason": dossier.reason,
        "answers": dossier.answers,
        "contact": dossier.contact,
        "clock": [{"kind": one.kind, "at": _local(one.at), "ground": one.ground} for one in clock],
        "result_document": str(dossier.result_document or ""),
    }


def _local(moment: datetime | None) -> str:
    return localtime(moment).isoformat(timespec="seconds") if moment else ""


def _json(value: Row) -> Iterator[bytes]:
    yield json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True, default=str).encode()


def _csv(rows: list[Row]) -> Iterator[bytes]:
    """With a byte order mark, as spreadsheets want it; a cell that looks like a formula is text."""
    text = io.StringIO(newline="")
    table = csv.DictWriter(text, COLUMNS)
    table.writeheader()
    for row in rows:
        table.writerow({name: sheets.safe(value) if isinstance(value, str) else value for name, value in row.items()})
    yield text.getvalue().encode("utf-8-sig")
