"""The VNeID app behind the Protocol of `portal.notifications.backends`."""

import uuid

from django.conf import settings

from integrations.vneid_messages import client, mapping
from portal.notifications.backends import Outgoing, Reply


class VNeIDMessages:
    def is_connected(self) -> bool:
        return bool(settings.VNEID_MESSAGES_ADDRESS)

    def send(self, message: Outgoing) -> Reply:
        return client.send(message.key, mapping.body(message))

    def outcome(self, key: uuid.UUID) -> Reply | None:
        return client.outcome(key)
