"""The seal: every minute one signed root over the heads of all chains, published outside the database."""

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import connection, transaction

from portal.events import keys
from portal.events.lateness import note_end
from portal.events.merkle import Tree
from portal.events.models import ChainHead, Seal, SealedHead
from portal.events.verify_proof import leaf_hash, seal_text
from portal.isolation import Purpose, scope

SEAL_LOCK = 0x5EA1
SHORTEST = timedelta(seconds=30)
Head = tuple[int, int, bytes]


def seal(*, now: datetime) -> Seal | None:
    """Seal all heads. Nothing happens when the last seal is younger than half a minute, so it may be called twice."""
    key = keys.signing_key()
    public = key.public_key()
    with transaction.atomic(), scope(purpose=Purpose.SEAL):
        _one_at_a_time()
        last = Seal.objects.order_by("-number").first()
        if last and timedelta(0) <= now - last.at < SHORTEST:
            return None
        heads = _heads()
        sealed = _sealed()
        new = Seal(
            number=last.number + 1 if last else 1,
            at=now,
            root=Tree(leaf_hash(*head) for head in heads).root,
            units=len(heads),
            previous_hash=bytes(last.hash) if last else bytes(32),
            key_id=keys.key_id(public),
        )
        text = text_of(new)
        new.hash, new.signature = digest(text), key.sign(text)
        _append(new, [head for head in heads if sealed.get(head[0]) != head[1]])
        note_end(last.at if last else None, now=now)
    keys.publish(public)
    publish()
    return new


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [SEAL_LOCK])


def _heads() -> list[Head]:
    rows = ChainHead.objects.order_by("unit_id").values_list("unit_id", "seq", "hash")
    return [(unit, seq, bytes(hash_)) for unit, seq, hash_ in rows]


def _sealed() -> dict[int, int]:
    """Sequence of the newest sealed head of each unit."""
    rows = SealedHead.objects.order_by("unit_id", "-seal_number").distinct("unit_id").values_list("unit_id", "seq")
    return dict(rows)


def _append(new: Seal, moved: list[Head]) -> None:
    units, seqs, hashes = (list(column) for column in zip(*moved, strict=True)) if moved else ([], [], [])
    with connection.cursor() as cursor:
        cursor.execute(
            "select events_append_seal(%s, %s, %s, %s, %s, %s, %s, %s, %s::bigint[], %s::bigint[], %s::bytea[])",
            [
                new.number,
                new.at,
                bytes(new.root),
                new.units,
                bytes(new.previous_hash),
                bytes(new.hash),
                new.key_id,
                bytes(new.signature),
                units,
                seqs,
                hashes,
            ],
        )


def digest(text: bytes) -> bytes:
    return sha256(text).digest()


def utc(moment: datetime) -> str:
    """As the canonical forms write a moment: UTC with microseconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def facts_of(one: Seal) -> dict[str, Any]:
    """The sealed text's fields, as proofs and published lines carry them."""
    return {
        "number": one.number,
        "at": utc(one.at),
        "root": bytes(one.root).hex(),
        "units": one.units,
        "previous": bytes(one.previous_hash).hex(),
        "key": one.key_id,
    }


def text_of(one: Seal) -> bytes:
    return seal_text(facts_of(one))


def public_form(one: Seal) -> dict[str, Any]:
    return {**facts_of(one), "hash": bytes(one.hash).hex(), "signature": bytes(one.signature).hex()}


# --- Published outside the database ---------------------------------------------------------------------------------


def published_files() -> list[Path]:
    """One file of JSON lines a month, oldest first."""
    return sorted(Path(settings.SEAL_PUBLISH_DIR).glob("????-??.jsonl"))


def published() -> Iterator[dict[str, Any]]:
    for path in published_files():
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                if line.endswith("\n"):
                    yield json.loads(line)


def _last_published() -> int:
    """Number of the last whole line; a line cut off by a full disk is written again."""
    for path in reversed(published_files()):
        lines = path.read_bytes().splitlines(keepends=True)
        whole = [line for line in lines[-2:] if line.endswith(b"\n")]
        if whole:
            return int(json.loads(whole[-1])["number"])
    return 0


def publish() -> int:
    """Write every seal that is not in the files yet; returns how many."""
    count = 0
    for one in Seal.objects.filter(number__gt=_last_published()).order_by("number").iterator(chunk_size=1000):
        path = Path(settings.SEAL_PUBLISH_DIR) / f"{one.at.astimezone(UTC):%Y-%m}.jsonl"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a+b") as file:
            _cut_torn_end(file)
            file.write(json.dumps(public_form(one)).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        count += 1
    return count


def _cut_torn_end(file: IO[bytes]) -> None:
    """Drop a last line that a full disk or a power cut left without its end."""
    file.seek(0)
    whole = file.read().rfind(b"\n") + 1
    file.truncate(whole)
