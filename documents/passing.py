"""Contents that only pass through: kept for hours under their hash, with no row that would keep them for ever.

Whoever lays one down knows its hash and nobody else does. It is taken away when its time is over; should that be
forgotten, the sweep of contents without a row does it a day later.
"""

import hashlib
from collections.abc import Iterable
from typing import IO

from django.core.files import File
from django.db import transaction

from documents import storage
from documents.errors import ContentLostError
from documents.holding import hold, take_for_removal
from documents.models import Blob


@transaction.atomic
def lay_down(content: IO[bytes]) -> str:
    """Its hash."""
    content.seek(0)
    whole = hashlib.sha256()
    for block in storage.chunks(content):
        whole.update(block)
    digest = whole.hexdigest()
    hold(digest)
    storage.keep(digest, content)
    return digest


def opened(sha256: str) -> "File[bytes]":
    """The caller closes it. Raises ContentLostError."""
    try:
        return storage.open_content(sha256)
    except OSError as error:
        raise ContentLostError from error


def sizes(hashes: Iterable[str]) -> int:
    """Bytes of all of them together, as often as they are named. Raises ContentLostError."""
    try:
        return sum(storage.store().size(storage.name_of(sha256)) for sha256 in hashes)
    except OSError as error:
        raise ContentLostError from error


@transaction.atomic
def take_away(sha256: str) -> None:
    """Unless a file is kept under the same hash, or somebody lays it down at this moment."""
    if take_for_removal(sha256) and not Blob.objects.filter(pk=sha256).exists():
        storage.remove(sha256[:2], sha256)
