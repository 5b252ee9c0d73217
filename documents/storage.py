"""Where contents lie: one file for each hash, written whole or not at all. The alias is `documents` in STORAGES."""

import os
import secrets
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.utils.functional import cached_property

ALIAS = "documents"
PREFIXES = tuple(f"{number:02x}" for number in range(256))  # folders, by the first two signs of the hash


def store() -> Storage:
    found: Storage = storages[ALIAS]
    return found


def name_of(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256}"


def keep(sha256: str, content: IO[bytes]) -> None:
    """Store the content under its hash, unless it is there. When this returns, it is on the disk."""
    storage, name = store(), name_of(sha256)
    if not storage.exists(name):
        content.seek(0)
        storage.save(name, File(content, name=name))


def open_content(sha256: str) -> "File[bytes]":
    """Raises FileNotFoundError."""
    return store().open(name_of(sha256))


def listed(prefix: str) -> set[str]:
    """The hashes that the storage holds in one folder; what a crash left half-written there counts too."""
    try:
        return set(store().listdir(prefix)[1])
    except FileNotFoundError:
        return set()


def stored_at(prefix: str, entry: str) -> datetime:
    return store().get_modified_time(f"{prefix}/{entry}")


def remove(prefix: str, entry: str) -> None:
    store().delete(f"{prefix}/{entry}")


def half_written(entry: str) -> bool:
    return entry.startswith(Folder.WRITING)


class Folder(FileSystemStorage):
    """A folder below MEDIA_ROOT. Nothing in it is reachable by an address."""

    WRITING = ".writing-"

    @cached_property
    def base_location(self) -> Any:
        return Path(settings.MEDIA_ROOT) / ALIAS

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return name  # the same hash is the same content

    def _save(self, name: str, content: Any) -> str:
        """Under another name first: a crash leaves no file that looks whole, and a reader never sees half of one."""
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        writing = path.with_name(f"{self.WRITING}{secrets.token_hex(8)}")
        try:
            with writing.open("xb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            writing.chmod(0o440)
            writing.replace(path)
            _sync_folder(path.parent)
        finally:
            writing.unlink(missing_ok=True)
        return name

    def url(self, name: str | None) -> str:
        raise NotImplementedError("Files of documents are reached by documents:file, which asks who is reading.")


def _sync_folder(folder: Path) -> None:
    """The new name is on the disk too."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def chunks(content: IO[bytes], size: int = 64 * 1024) -> Iterator[bytes]:
    while block := content.read(size):
        yield block
