"""Signing without cryptography: marks at the end of the file, so that tests of the route take milliseconds.

`test_real_signatures.py` goes the same way with the real recipe and the sandbox's trust services.
"""

import hashlib
import itertools
import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pytest

from documents import making
from documents.layouts import Box, Printed
from documents.layouts.catalogue import layout
from documents.signing.kinds import SEAL, Credential, Examination, SignatureReport, Signed

SIGNED = re.compile(rb"#signed (\S+) (\S+)")
NUMBERS = itertools.count()
FILLED = re.compile(rb"#filled (.+)")


def fingerprint(credential: Credential) -> str:
    return credential.certificate.decode()


def render(code: str, data: Mapping[str, Any], *, on: Any) -> Printed:
    chosen = layout(code, on)
    text = json.dumps({"layout": code, "data": data}, ensure_ascii=False, sort_keys=True)
    boxes = {name: Box(0, 0, 0, 100, 50) for name in chosen.places}
    return Printed(b"%PDF-\n" + text.encode(), boxes, chosen.fields, code, chosen.version, 1)


def prepare(pdf: bytes, boxes: Mapping[str, Any]) -> bytes:
    return pdf + f"\n#prepared {sorted(boxes)}".encode()


def fill(pdf: bytes, values: Mapping[str, str]) -> bytes:
    return pdf + f"\n#filled {json.dumps(dict(values), sort_keys=True)}".encode()


def sign_as(pdf: bytes, *, field: str, credential: Credential, at: datetime, **_more: Any) -> Signed:
    made = pdf + f"\n#signed {field} {fingerprint(credential)} {next(NUMBERS)}".encode()  # no signature is made twice
    digests = [hashlib.sha256(content).hexdigest() for content in (pdf, made)]
    found = examined(made, at) if field == SEAL else None
    return Signed(made, field, "B-LT", fingerprint(credential), at, *digests, "0" * 64, found)


def examined(pdf: bytes, now: datetime) -> Examination:
    """What the judge would see of the marks."""
    values = json.loads(FILLED.findall(pdf)[-1]) if FILLED.search(pdf) else {}
    reports = [_report(field.decode(), print_.decode(), now) for field, print_ in SIGNED.findall(pdf)]
    return Examination(hashlib.sha256(pdf).hexdigest(), signatures=reports, values=values)


def _report(field: str, print_: str, now: datetime) -> SignatureReport:
    return SignatureReport(
        field=field, signer="", title="", organ="", issuer="", serial="", fingerprint=print_, signed_at=now,
        time_stamped=True, level="B-LT", intact=True, trusted=True, changes="none", is_trial=True, valid=True,
    )  # fmt: skip


def sign_with_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "render", render)
    for name in ("prepare", "fill", "sign_as"):
        monkeypatch.setattr(making.recipe, name, globals()[name])
