"""Checking the seals: that they follow each other, are signed, cover what they say, and that every sealed head is still
in its chain.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import psycopg
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from portal.events.breaks import Break, Kind
from portal.events.chain import EMPTY
from portal.events.merkle import Tree
from portal.events.verify_proof import leaf_hash, seal_text

BATCH = 2000
SEALS = """
select number, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
  root, units, previous_hash, key_id, hash, signature
from events_seal where number > %s order by number limit %s
"""
MOVED = """
select s.seal_number, s.unit_id, s.seq, s.hash, l.hash, l.event_id
from events_sealedhead s left join events_eventlink l on l.unit_id = s.unit_id and l.seq = s.seq
where s.seal_number = any (%s) order by s.seal_number, s.unit_id
"""
Keys = Mapping[str, Ed25519PublicKey]


@dataclass(frozen=True)
class SealRow:
    number: int
    at: str
    root: bytes
    units: int
    previous: bytes
    key: str
    hash: bytes
    signature: bytes

    @property
    def text(self) -> bytes:
        facts = {"number": self.number, "at": self.at, "root": self.root.hex(), "units": self.units}
        return seal_text({**facts, "previous": self.previous.hex(), "key": self.key})


@dataclass(frozen=True)
class Moved:
    """A head that moved with this seal, and what its chain says at that place now."""

    seal: int
    unit: int
    seq: int
    hash: bytes
    now: bytes | None
    event: int | None


@dataclass
class Heads:
    """The heads that a seal covers, and their tree, carried from seal to seal."""

    known: dict[int, tuple[int, bytes]] = field(default_factory=dict)
    places: dict[int, int] = field(default_factory=dict)
    tree: Tree = field(default_factory=lambda: Tree([]))

    def move(self, moved: list[Moved]) -> None:
        grown = any(one.unit not in self.known for one in moved)
        for one in moved:
            self.known[one.unit] = (one.seq, one.hash)
            if not grown:
                self.tree.replace(self.places[one.unit], leaf_hash(one.unit, one.seq, one.hash))
        if grown:
            units = sorted(self.known)
            self.places = {unit: place for place, unit in enumerate(units)}
            self.tree = Tree(leaf_hash(unit, *self.known[unit]) for unit in units)


def check_seals(
    connection: psycopg.Connection[Any], keys: Keys, *, unit: int | None, published: Iterable[Mapping[str, Any]]
) -> Break | int:
    """The first break, or the number of seals. With `unit`, ancestors are looked up for that chain only."""
    outside = {int(line["number"]): str(line["hash"]) for line in published}
    previous, number, heads = EMPTY, 0, Heads()
    for one, moved in _seals(connection):
        number += 1
        broken = (
            _check_seal(one, number, previous, keys)
            or _check_published(one, outside)
            or _check_heads(one, moved, heads, unit)
        )
        if broken:
            return broken
        previous = one.hash
    later = [other for other in outside if other > number]
    return Break(Kind.SEAL_MISSING, seal=min(later), detail="published, but not in the database") if later else number


def _seals(connection: psycopg.Connection[Any]) -> Iterator[tuple[SealRow, list[Moved]]]:
    last = -(2**62)
    while True:
        rows = [_seal_row(values) for values in connection.execute(SEALS, [last, BATCH])]
        moved: dict[int, list[Moved]] = {one.number: [] for one in rows}
        for values in connection.execute(MOVED, [list(moved)]):
            seal, unit, seq, hash_, now, event = values
            moved[seal].append(Moved(seal, unit, seq, bytes(hash_), bytes(now) if now is not None else None, event))
        for one in rows:
            yield one, moved[one.number]
        if len(rows) < BATCH:
            return
        last = rows[-1].number


def _seal_row(values: tuple[Any, ...]) -> SealRow:
    number, at, root, units, previous, key, hash_, signature = values
    return SealRow(number, at, bytes(root), units, bytes(previous), key, bytes(hash_), bytes(signature))


def _check_seal(one: SealRow, number: int, previous: bytes, keys: Keys) -> Break | None:
    if one.number != number:
        return Break(Kind.SEAL_MISSING, seal=number)
    if one.key not in keys:
        return Break(Kind.SEAL_SIGNATURE, seal=number, detail=f"no published key {one.key}")
    try:
        keys[one.key].verify(one.signature, one.text)
    except InvalidSignature:
        return Break(Kind.SEAL_SIGNATURE, seal=number)
    if one.previous != previous or one.hash != sha256(one.text).digest():
        return Break(Kind.SEAL_CHANGED, seal=number)
    return None


def _check_published(one: SealRow, outside: Mapping[int, str]) -> Break | None:
    if outside.get(one.number, one.hash.hex()) != one.hash.hex():
        return Break(Kind.SEAL_CHANGED, seal=one.number, detail="published with another content")
    return None


def _check_heads(one: SealRow, moved: list[Moved], heads: Heads, only: int | None) -> Break | None:
    """The chain must still hold each sealed head at its place; whoever rewrote a chain from row k on cannot do that."""
    before = {head.unit: heads.known.get(head.unit, (0, EMPTY))[0] for head in moved}
    heads.move(moved)
    if heads.tree.root != one.root or len(heads.known) != one.units:
        return Break(Kind.SEAL_CHANGED, seal=one.number, detail="its root does not cover the heads that stand with it")
    for head in moved:
        if only in {None, head.unit} and (head.now != head.hash or head.seq <= before[head.unit]):
            detail = f"rewritten between seq {before[head.unit] + 1} and {head.seq}"
            return Break(Kind.NOT_AN_ANCESTOR, head.unit, head.seq, head.event, one.number, detail)
    return None
