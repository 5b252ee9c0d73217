#!/usr/bin/env python3
"""Check a downloaded proof without the portal: `python3 verify_proof.py proof.json --key public-key.pem`.

Needs nothing but Python 3.11 and the package `cryptography`. docs/trust.md describes every hash. Exit code 0: the proof
holds.
"""

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization

Fields = list[tuple[str, str | None]]
Json = dict[str, Any]
SEAL = ("number", "at", "root", "units", "previous", "key")


def canonical(fields: Fields) -> str:
    """The event as one text: each field as name:bytes:value, a missing value as name:-."""
    lines = [f"{n}:-\n" if v is None else f"{n}:{len(v.encode())}:{v}\n" for n, v in fields]
    return "mc.event.1\n" + "".join(lines)


def content_hash(salt: bytes, fields: Fields) -> bytes:
    return hashlib.sha256(b"\x00" + salt + canonical(fields).encode()).digest()


def link_hash(unit: int, seq: int, prev: bytes, content: bytes) -> bytes:
    place = unit.to_bytes(8, "big", signed=True) + seq.to_bytes(8, "big", signed=True)
    return hashlib.sha256(b"\x01" + place + prev + content).digest()


def leaf_hash(unit: int, seq: int, head: bytes) -> bytes:
    place = unit.to_bytes(8, "big", signed=True) + seq.to_bytes(8, "big", signed=True)
    return hashlib.sha256(b"\x00" + place + head).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def seal_text(seal: Json) -> bytes:
    return ("mc.seal.1\n" + "".join(f"{name}:{seal[name]}\n" for name in SEAL)).encode()


def check_sealed(part: Json, unit: int, seq: int, head: bytes, key: Any) -> tuple[int, bytes]:
    """Follow the links to the sealed head, its path to the root, and the signature over the seal."""
    for content in part["links"]:
        seq += 1
        head = link_hash(unit, seq, head, bytes.fromhex(content))
    root = leaf_hash(unit, seq, head)
    for side, other in part["path"]:
        pair = (bytes.fromhex(other), root)
        root = node_hash(*pair) if side == "left" else node_hash(*reversed(pair))
    seal = part["seal"]
    if seal["root"] != root.hex():
        raise ValueError(f"the event is not under seal {seal['number']}")
    key.verify(bytes.fromhex(seal["signature"]), seal_text(seal))
    return seq, head


def check(proof: Json, key: Any) -> Json:
    """Raise ValueError or InvalidSignature unless the proof holds; return the seal that first covered the event."""
    fields = dict(proof["fields"])
    if int(fields["unit_id"] or 0) != proof["unit"]:
        raise ValueError("the event belongs to another unit than the chain")
    content = content_hash(bytes.fromhex(proof["salt"]), proof["fields"])
    head = link_hash(proof["unit"], proof["seq"], bytes.fromhex(proof["prev"]), content)
    seq, head = check_sealed(proof["inclusion"], proof["unit"], proof["seq"], head, key)
    if proof.get("consistency"):
        check_sealed(proof["consistency"], proof["unit"], seq, head, key)
    seal: Json = proof["inclusion"]["seal"]
    return seal


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("proof", type=Path)
    parser.add_argument("--key", type=Path, required=True, help="the published public key, PEM")
    chosen = parser.parse_args()
    proof = json.loads(chosen.proof.read_text(encoding="utf-8"))
    try:
        seal = check(proof, serialization.load_pem_public_key(chosen.key.read_bytes()))
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, InvalidSignature) as error:
        sys.exit(f"The proof does NOT hold: {error or 'wrong signature'}.")
    print(f"The proof holds: this event stood unchanged under seal {seal['number']} of {seal['at']}.")


if __name__ == "__main__":
    main()
