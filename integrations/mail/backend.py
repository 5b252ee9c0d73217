"""E-mail behind the Protocol of `portal.notifications.backends`."""

import uuid

from django.conf import settings

from integrations.mail import client, mapping
from portal.notifications.backends import Outgoing, Reply


class Mail:
    def is_connected(self) -> bool:
        return bool(settings.EMAIL_HOST)

    def send(self, message: Outgoing) -> Reply:
        return client.send(mapping.letter(message), message.key)

    def outcome(self, key: uuid.UUID) -> Reply | None:
        return client.outcome(key)
