"""Rows as the API tells them."""

from typing import Any
from urllib.parse import urlsplit

from django.utils.timezone import localtime

from portal.notifications import kinds, queries
from portal.notifications.models import Notification, NotificationPreference
from portal.notifications.states import TRANSITIONS, Action, State
from portal.notifications.wording import masked, shown_text


def preference(row: NotificationPreference) -> dict[str, Any]:
    return {
        "language": row.language,
        "channels": list(row.channels),
        "email": row.email or None,
        "phone": row.phone or None,
        "unconfirmedChannels": sorted(queries.unconfirmed(row)),
        "badChannels": sorted(queries.bad_channels(row)),
        "quietFrom": f"{row.quiet_from:%H:%M}" if row.quiet_from is not None else None,
        "quietUntil": f"{row.quiet_until:%H:%M}" if row.quiet_until is not None else None,
        "kinds": [
            {"key": one.key, "title": str(one.title), "isOrdered": one.ordered, "isOn": one.key in _on(row, one)}
            for one in (*kinds.ordered(), *kinds.optional())
        ],
        "abilities": ["replace"],
    }


def _on(row: NotificationPreference, one: kinds.Kind) -> list[str]:
    return [one.key] if one.ordered else list(row.kinds)


def notification(row: Notification) -> dict[str, Any]:
    said = row.content
    return {
        "id": str(row.pk),
        "channel": row.channel,
        "kind": row.kind,
        "language": row.language,
        "title": said["title"],
        "text": str(shown_text(row)),
        "to": masked(row.address) if row.address else None,
        "link": urlsplit(said.get("link", "")).path or None,
        "parts": row.parts,
        "state": row.state,
        "reason": row.reason or None,
        "createdAt": localtime(row.created_at).isoformat(),
        "allowedAt": localtime(row.not_before).isoformat(),
        "sentAt": localtime(row.sent_at).isoformat() if row.sent_at else None,
    }


def failed(row: Notification) -> dict[str, Any]:
    can = State(row.state) in TRANSITIONS[Action.SEND_AGAIN].sources
    return {
        "id": str(row.pk),
        "channel": row.channel,
        "kind": row.kind,
        "code": row.content.get("code", ""),
        "to": masked(row.address) if row.address else None,
        "state": row.state,
        "reason": row.reason or None,
        "endedAt": localtime(row.ended_at).isoformat() if row.ended_at else None,
        "abilities": ["sendAgain"] if can else [],
    }
