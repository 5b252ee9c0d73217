"""A message as an e-mail: plain text, and the same as plain HTML."""

import uuid
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.notifications.backends import Outgoing
from portal.notifications.links import stop_address

DOMAIN = "thong-bao.mot-cua"


def message_id(key: uuid.UUID) -> str:
    """The same message bears the same name, however often it is handed over."""
    return f"<{key}@{DOMAIN}>"


def letter(message: Outgoing) -> EmailMultiAlternatives:
    with override(message.language):
        stop = stop_address(message.unsubscribe) if message.unsubscribe else ""
        lines = _lines(message, stop)
        html = _html(message, stop)
    headers = {
        "Message-ID": message_id(message.key),
        "Auto-Submitted": "auto-generated",  # RFC 3834: nobody's holiday note answers it
        "Content-Language": message.language,
    }
    if stop:
        headers |= {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}  # RFC 8058
    found = EmailMultiAlternatives(subject=message.title, body="\n".join(lines), to=[message.to], headers=headers)
    found.attach_alternative(html, "text/html")
    return found


def _lines(message: Outgoing, stop: str) -> Sequence[str]:
    facts = [f"{label}: {value}" for label, value in message.facts]
    return [
        message.text,
        "",
        *facts,
        "",
        *([_("Open the dossier: %(link)s") % {"link": message.link}, ""] if message.link else []),
        settings.PORTAL_NAME,
        _why(message),
        *([_("No more of these: %(link)s") % {"link": stop}] if stop else []),
    ]


def _html(message: Outgoing, stop: str) -> str:
    """Without pictures, styles and anything that tells that it was opened."""
    facts = format_html_join("", '<tr><th align="left">{}</th><td>{}</td></tr>', message.facts)
    link = format_html('<p><a href="{}">{}</a></p>', message.link, _("Open the dossier")) if message.link else ""
    more = format_html('<p><a href="{}">{}</a></p>', stop, _("No more of these")) if stop else ""
    return format_html(
        '<!doctype html><html lang="{}"><head><meta charset="utf-8"><title>{}</title></head><body><h1>{}</h1><p>{}</p>'
        "<table>{}</table>{}<hr><p>{}<br>{}</p>{}</body></html>",
        message.language,
        message.title,
        message.title,
        message.text,
        facts,
        link,
        settings.PORTAL_NAME,
        _why(message),
        more,
    )


def _why(message: Outgoing) -> str:
    if not message.link:
        return _("You get this because somebody entered this address at the portal. Please do not answer this e-mail.")
    return _("You get this because a dossier at the portal concerns you. Please do not answer this e-mail.")
