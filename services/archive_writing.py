"""A package for the archive, written as it is sent: memory holds one block of one file, whatever the package holds.

In the layout of E-ARK CSIP, all of it in one folder that is called uuid-<ID>:

METS.xml                                 what lies where, with size and digest
metadata/descriptive/index.csv, .json    one line for each dossier
documentation/SHA256SUMS                 the digests of index and data, as sha256sum reads them in that folder
representations/rep1/METS.xml            the same for what lies below
representations/rep1/data/00001/         the first dossier
    ho-so.json                           what was declared, decided and when
    ket-qua.pdf                          the issued result, byte for byte as it was signed
    tep/001-…                            what was sent in, and the forms of the desk
"""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate, localtime

from documents import storage
from documents.models import Blob, StoredFile
from documents.queries.results import sealed_files
from documents.states import FileState
from portal.accounts.models import User
from portal.api import sheets
from portal.isolation import Purpose, scope
from services.archive_mets import REP, Head, Held, of_package, of_representation
from services.models import ArchivePackage, ClockEntry, Dossier, PackagedDossier
from services.operations.archiving import note_made
from services.queries import retention as queries
from services.queries.identifiers import identifier_of
from units.queries.nearest import nearest_version

COLUMNS = (
    "number", "code", "reference", "procedure", "procedure_name", "field", "outcome", "submitted_at", "accepted_at",
    "due_at", "decided_at", "closed_at", "owner", "files",
)  # fmt: skip  # as a paragraph
STAMP = (1980, 1, 1, 0, 0, 0)  # the same content gives the same bytes, whenever it is made
LONGEST_NAME = 80
JSON = "application/json"
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
    held: list[Held] = field(default_factory=list)
    folder: str = ""

    def __post_init__(self) -> None:
        self.archive = zipfile.ZipFile(self.outlet, "w", zipfile.ZIP_DEFLATED)

    def drained(self) -> Iterator[bytes]:
        if block := self.outlet.drain():
            self.digest.update(block)
            self.size += len(block)
            yield block

    def add(self, name: str, blocks: Iterator[bytes], media_type: str) -> Iterator[bytes]:
        one, info, size = hashlib.sha256(), zipfile.ZipInfo(f"{self.folder}/{name}", STAMP), 0
        info.compress_type = zipfile.ZIP_DEFLATED
        with self.archive.open(info, "w", force_zip64=True) as entry:
            for block in blocks:
                one.update(block)
                size += len(block)
                entry.write(block)
                yield from self.drained()
        self.held.append(Held(name, media_type, size, one.hexdigest()))
        yield from self.drained()

    def close(self, head: Head) -> Iterator[bytes]:
        """With what tells of all that went before."""
        inside = f"{REP}/"
        data = [replace(one, path=one.path.removeprefix(inside)) for one in self.held if one.path.startswith(inside)]
        described = [one for one in self.held if not one.path.startswith(inside)]
        sums = "".join(f"{one.sha256}  {one.path}\n" for one in self.held)
        yield from self.add("documentation/SHA256SUMS", iter([sums.encode()]), "text/plain")
        sums_held = self.held[-1]
        yield from self.add(f"{REP}/METS.xml", of_representation(head, data), "text/xml")
        whole = of_package(head, described=described, documents=[sums_held], rep=self.held[-1])
        yield from self.add("METS.xml", whole, "text/xml")
        self.archive.close()
        yield from self.drained()


def written(package: ArchivePackage, *, actor: User, now: datetime) -> Iterator[bytes]:
    """The bytes of the package. After the last one its digest is recorded; one that was broken off changes nothing.

    Each dossier is read in a transaction of its own. Who may do this was asked when the package was begun, and is asked
    again when it is recorded.
    """
    head = head_of(package)
    pack, rows = _Pack(folder=head.folder), []
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
        folder = f"{REP}/data/{number:05}"
        yield from pack.add(f"{folder}/ho-so.json", _json(said), JSON)
        for name, blob in files:
            with storage.open_content(blob.pk) as content:
                yield from pack.add(f"{folder}/{name}", storage.chunks(content), blob.media_type)
    index = "metadata/descriptive/index"
    yield from pack.add(f"{index}.csv", _csv(rows), "text/csv")
    yield from pack.add(f"{index}.json", _json({"package": str(package.pk), "dossiers": rows}), JSON)
    yield from pack.close(head)
    with transaction.atomic(), scope(units=[package.unit_id], citizen=actor.pk):
        digest, files_there = pack.digest.hexdigest(), len(pack.held)
        note_made(package=package, digest=digest, files=files_there, size=pack.size, actor=actor, now=now)


def head_of(package: ArchivePackage) -> Head:
    on = localdate(package.begun_at)
    version = nearest_version(package.unit_id, on)
    organ = version.full_name if version else ""
    return Head(package.pk, organ, identifier_of(package.unit_id, on), package.begun_at)


def _files(dossier: Dossier) -> list[tuple[str, Blob]]:
    """Name within the folder, and the content: the result first."""
    results = sealed_files([dossier.result_document]) if dossier.result_document else {}
    found = [("ket-qua.pdf", StoredFile.objects.select_related("blob").get(pk=key).blob) for key in results.values()]
    there = queries.files_of(dossier).filter(state=FileState.CLEAN).select_related("blob")
    named = [(f"tep/{number:03}-{file.name[-LONGEST_NAME:]}", file.blob) for number, file in enumerate(there, 1)]
    return found + named


def _row(number: int, dossier: Dossier, files: list[tuple[str, Blob]]) -> Row:
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
