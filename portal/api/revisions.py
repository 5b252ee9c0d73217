"""Which version of a thing a client has seen: strong ETags made of its revision."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Model
from django.utils.http import parse_etags, quote_etag
from django.utils.timezone import localtime
from django.utils.translation import gettext

from portal.api.problems import Kind, Problem


@dataclass(frozen=True, slots=True)
class Change:
    """Who changed it last, in words that this client may read, and when."""

    by: str
    at: datetime


def etag(row: Model, revision: object) -> str:
    """`revision` is whatever moves with each change of the row: a counter, a moment."""
    if isinstance(revision, datetime):  # the same moment, in whatever zone it was read or written
        revision = revision.astimezone(UTC)
    text = f"{row._meta.label_lower} {row.pk} {revision}"
    return quote_etag(hashlib.sha256(text.encode()).hexdigest()[:32])


def check(present: str, given: str, *, last: Callable[[], Change] | None = None) -> None:
    """Raise 412 unless the header If-Match in `given` names the `present` ETag. Weak ones never match (RFC 9110)."""
    if present in parse_etags(given):
        return
    change = last() if last else None
    if change is None:
        raise Problem(Kind.PRECONDITION_FAILED)
    detail = gettext(
        "%(who)s changed this on %(moment)s. Nothing of yours was stored. Read the present version, "
        "decide again, and send its ETag in If-Match."
    ) % {"who": change.by, "moment": localtime(change.at).strftime("%d/%m/%Y %H:%M")}
    members: dict[str, Any] = {"changedBy": change.by, "changedAt": localtime(change.at).isoformat()}
    raise Problem(Kind.PRECONDITION_FAILED, detail, members=members)
