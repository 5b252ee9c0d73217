"""Hands one e-mail to the mail server, and asks its log what became of an earlier one.

SMTP cannot be asked, and knows no keys: where the mail server publishes no log, a sending that was cut off in the
middle stays in doubt, and a person decides.
"""

import smtplib
import uuid
from urllib.parse import quote

import requests
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.smtp import EmailBackend

from integrations.mail.mapping import message_id
from portal.notifications.backends import CannotTellError, InDoubtError, NotTakenError, Refused, Reply, Taken
from portal.notifications.states import Reason

FOR_GOOD = range(500, 600)
NO_MAILBOX = {550, 551, 553}
LARGEST = 4096


def send(letter: EmailMultiAlternatives, key: uuid.UUID) -> Reply:
    """Raises NotTakenError, InDoubtError."""
    _connect, whole = settings.NOTIFICATION_TIMEOUT
    connection = EmailBackend(timeout=whole)
    try:
        connection.open()
    except (smtplib.SMTPException, OSError) as error:
        _close(connection)
        raise NotTakenError(type(error).__name__) from error
    try:
        connection.send_messages([letter])
    except smtplib.SMTPRecipientsRefused as error:
        return _refused([code for code, _said in error.recipients.values()])
    except smtplib.SMTPSenderRefused as error:
        return _refused([error.smtp_code], address=False)
    except smtplib.SMTPDataError as error:
        return _refused([error.smtp_code], address=False)
    except (smtplib.SMTPException, OSError) as error:
        raise InDoubtError(type(error).__name__) from error
    finally:
        _close(connection)
    return Taken(message_id(key))


def outcome(key: uuid.UUID) -> Reply | None:
    """Raises CannotTellError where there is no log, InDoubtError while it does not answer."""
    if not settings.EMAIL_LOG_ADDRESS:
        raise CannotTellError
    url = f"{settings.EMAIL_LOG_ADDRESS.rstrip('/')}/{quote(message_id(key), safe='')}"
    access = (settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
    try:
        answer = requests.get(url, auth=access, timeout=settings.NOTIFICATION_TIMEOUT, allow_redirects=False)
        said = answer.json() if len(answer.content) <= LARGEST else {}
    except (requests.RequestException, ValueError) as error:
        raise InDoubtError(type(error).__name__) from error
    if answer.status_code == requests.codes.not_found and said.get("code") == "unknown_key":
        return None
    if answer.status_code != requests.codes.ok:
        raise InDoubtError(f"status {answer.status_code}")
    return Taken(message_id(key))


def _refused(codes: list[int], *, address: bool = True) -> Refused:
    """4xx means later; 5xx for good. Nothing was taken in either case."""
    if not codes or any(code not in FOR_GOOD for code in codes):
        raise NotTakenError(str(codes))
    return Refused(Reason.BAD_ADDRESS if address and codes[0] in NO_MAILBOX else Reason.NOT_ACCEPTED)


def _close(connection: EmailBackend) -> None:
    """The server has said yes or no; how it says good-bye changes nothing."""
    try:
        connection.close()
    except (smtplib.SMTPException, OSError):
        return
