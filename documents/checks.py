"""What must hold between settings before anybody sends a file."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from documents.uploads.kinds import UploadKind
from documents.uploads.limits import adjustable, limits_for

HINT = "docs/documents.md, Files"


@register()
def upload_limits(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """What is larger than the scanner reads would stay in quarantine for ever."""
    return [Error(text, hint=HINT, id="documents.E001") for text in _wrong()]


def _wrong() -> Iterator[str]:
    for kind, values in settings.UPLOAD_LIMITS.items():
        if kind not in UploadKind.values or not set(values) <= adjustable():
            yield f"UPLOAD_LIMITS names {kind!r} with {sorted(values)}, which are no limits of a kind of upload."
            return
    most = min(settings.SCANNER_STREAM_BYTES, settings.UPLOAD_LARGEST_BYTES)
    for kind in UploadKind:
        if limits_for(kind).bytes > most:
            yield f"Uploads of the kind {kind.value} may be larger than {most} bytes, which nobody reads to their end."
