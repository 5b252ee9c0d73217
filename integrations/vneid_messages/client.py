"""The service that puts messages into the app."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.conf import settings

from integrations.messaging import client
from portal.notifications.backends import Reply

PATH = "vneid-thong-bao/v1/thong-bao"


def _gateway() -> client.Gateway:
    return client.Gateway(
        settings.VNEID_MESSAGES_ADDRESS,
        PATH,
        settings.VNEID_MESSAGES_CLIENT_ID,
        settings.VNEID_MESSAGES_CLIENT_SECRET,
    )


def send(key: uuid.UUID, body: Mapping[str, Any]) -> Reply:
    return client.send(_gateway(), key, body)


def outcome(key: uuid.UUID) -> Reply | None:
    return client.outcome(_gateway(), key)
