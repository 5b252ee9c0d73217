"""The data with which a document is laid out: what the drafter wrote, and what the portal knows by itself.

What the portal knows wins, so that nobody prints another organ's name, a signer or a verification address of their own.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from documents import capacities
from documents.codes import shown
from documents.kinds import Capacity, RecipientKind
from documents.layouts.catalogue import layout
from documents.layouts.checking import schema
from documents.models import Document, Recipient
from staff.models import Person
from units.queries import version_at

WORDS = Path(__file__).parent / "data" / "words.json"
VERIFICATION_PATH = "/xac-minh/"
OWN = {"organ", "place", "subject", "signature", "recipients", "verify_at", "trial", "issued"}  # never the drafter's


@cache
def _words() -> dict[str, str]:
    found: dict[str, str] = json.loads(WORDS.read_text(encoding="utf-8"))
    return found


def data_of(document: Document) -> dict[str, Any]:
    """Whole data for its layout, of which only the fields that this layout has are filled in. UnknownLayoutError."""
    wanted = fields_of(document)
    known = {**_heading(document), "subject": document.subject, "signature": _signature(document)}
    known |= {"recipients": _recipients(document), "verify_at": verification_address(document.code)}
    known["trial"] = settings.SIGNATURE_TRIAL_ALLOWED
    written = {name: value for name, value in document.content.items() if name not in OWN}
    return written | {name: value for name, value in known.items() if name in wanted and value}


def fields_of(document: Document) -> set[str]:
    """Raises UnknownLayoutError."""
    return set(schema(layout(document.layout_code, document.layout_on).schema)["properties"])


def verification_address(code: str) -> str:
    return f"{settings.PUBLIC_ORIGIN}{VERIFICATION_PATH}{shown(code)}/"


def _heading(document: Document) -> dict[str, Any]:
    unit = version_at(document.unit_id, document.layout_on)
    if unit is None:
        return {}
    return {"organ": {"name": list(organ_lines(unit.full_name))}, "place": unit.name}


def organ_lines(unit_name: str) -> tuple[str, str]:
    """The two lines of an organ's name: ỦY BAN NHÂN DÂN, and where."""
    return _words()["committee"], unit_name[:1].lower() + unit_name[1:]


def _signature(document: Document) -> dict[str, Any]:
    """Title lines and name of the signer. NĐ 30/2020 PL I"""
    post = document.signer.post
    person = Person.objects.filter(pk=document.signer.person_id).only("name").first()
    lines = capacities.lines(post.code, post.name, Capacity(document.capacity), document.layout_on)
    return {"lines": lines, "name": person.name} if person and lines else {}


def _recipients(document: Document) -> dict[str, Any]:
    lines = list(Recipient.objects.filter(document=document).order_by("place"))
    to = [line.name for line in lines if line.kind != RecipientKind.KEEP]
    kept = [line.name for line in lines if line.kind == RecipientKind.KEEP]
    found: dict[str, Any] = {"to": to} if to else {}
    return found | ({"keeper": "; ".join(kept)} if kept and to else {})
