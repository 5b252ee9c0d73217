"""Addresses that take a form with a file instead of JSON."""

import hashlib
from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from rest_framework.exceptions import UnsupportedMediaType
from rest_framework.parsers import BaseParser, MultiPartParser
from rest_framework.request import Request

from portal.api import bodies
from portal.api.base import WritingView
from portal.api.bodies import Reading
from portal.api.problems import Kind, Problem


def _upload(value: Any, pointer: str, reading: Reading) -> Any:
    if not isinstance(value, UploadedFile):
        return reading.wrong(pointer, "no-file", gettext("Send a file here, with its name and its type."))
    return value


def file_field(description: Any, *, example: str) -> bodies.Field:
    schema = {"type": "string", "format": "binary"}
    return bodies.free("file", description, check=_upload, schema=schema, example=example)


class MultipartView(WritingView):
    parser_classes: Sequence[type[BaseParser]] = (MultiPartParser,)
    media_type = "multipart/form-data"

    def said(self, request: Request) -> tuple[bytes, ...]:
        """Names and contents, whatever the boundary between them: that is another one each time."""
        told: list[bytes] = []
        for name, value in sorted(self.sent(request).items()):
            told += [name.encode(), *_digest(value)]
        return tuple(told)

    def sent(self, request: Request) -> dict[str, Any]:
        try:
            form: Any = request.data
        except UnsupportedMediaType:
            raise Problem(Kind.MEDIA_TYPE, gettext("Send multipart/form-data with one file to this address.")) from None
        return {name: form[name] for name in form}


def _digest(value: Any) -> tuple[bytes, ...]:
    if not isinstance(value, UploadedFile):
        return (str(value).encode(),)
    digest = hashlib.sha256()
    for block in value.chunks():
        digest.update(block)
    value.seek(0)
    return ((value.name or "").encode(), (value.content_type or "").encode(), digest.digest())
