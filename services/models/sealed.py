"""Answers at rest: one envelope of the vault around their JSON."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from portal.accounts import vault

Answers = dict[str, Any]


def seal_json(value: Answers, *, context: str) -> bytes:
    return vault.seal(json.dumps(value, ensure_ascii=False, cls=DjangoJSONEncoder, allow_nan=False), context=context)


def open_json(envelope: bytes | memoryview, *, context: str) -> Answers:
    if not envelope:  # emptied by a rule of retention
        return {}
    value: Answers = json.loads(vault.unseal(envelope, context=context))
    return value
