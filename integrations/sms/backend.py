"""SMS behind the Protocol of `portal.notifications.backends`."""

import uuid

from django.conf import settings

from integrations.sms import client, mapping
from portal.notifications.backends import Outgoing, Refused, Reply
from portal.notifications.states import Reason


class Sms:
    def is_connected(self) -> bool:
        return bool(settings.SMS_ADDRESS)

    def send(self, message: Outgoing) -> Reply:
        if not mapping.international(message.to):
            return Refused(Reason.BAD_ADDRESS)
        return client.send(message.key, mapping.body(message, sender=settings.SMS_SENDER))

    def outcome(self, key: uuid.UUID) -> Reply | None:
        return client.outcome(key)
