"""The gateway that takes short messages."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.conf import settings

from integrations.messaging import client
from portal.notifications.backends import Reply

PATH = "sms/v1/tin-nhan"


def _gateway() -> client.Gateway:
    return client.Gateway(settings.SMS_ADDRESS, PATH, settings.SMS_CLIENT_ID, settings.SMS_CLIENT_SECRET)


def send(key: uuid.UUID, body: Mapping[str, Any]) -> Reply:
    return client.send(_gateway(), key, body)


def outcome(key: uuid.UUID) -> Reply | None:
    return client.outcome(_gateway(), key)
