"""One moment as a file that calendars open (RFC 5545). Text only: who may see it is the caller's question."""

from dataclasses import dataclass
from datetime import UTC, datetime

OCTETS = 75  # RFC 5545 3.1: a longer line goes on in the next one, behind a space


@dataclass(frozen=True, slots=True)
class Entry:
    """`uid` stays the same for ever; a higher `sequence` tells calendars that the moment moved."""

    uid: str
    at: datetime
    title: str
    description: str
    url: str
    sequence: int = 0


def calendar(entry: Entry, *, made_at: datetime) -> str:
    """A calendar with this one entry, and a reminder one day before."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Mot Cua//one-stop desk//VI",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{_text(entry.uid)}",
        f"DTSTAMP:{_moment(made_at)}",
        f"SEQUENCE:{entry.sequence}",
        f"DTSTART:{_moment(entry.at)}",
        f"DTEND:{_moment(entry.at)}",
        f"SUMMARY:{_text(entry.title)}",
        f"DESCRIPTION:{_text(entry.description)}",
        f"URL:{entry.url}",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{_text(entry.title)}",
        "TRIGGER:-P1D",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(escaped.splitlines())


def _folded(line: str) -> str:
    """Never within a letter: Vietnamese ones take up to three octets."""
    parts, size = [""], 0
    for letter in line:
        width = len(letter.encode())
        if size + width > OCTETS:
            parts.append(" ")
            size = 1
        parts[-1] += letter
        size += width
    return "\r\n".join(parts)
