"""What a notification about a dossier says. NĐ 224/2026 Đ.15.1g: organ, receiver, handler, times."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.accounts.models import User
from portal.events import Event
from services.events import Fact
from services.models import Dossier
from services.notification_table import Row
from staff.models import Person
from units.queries import version_at

Content = dict[str, Any]


def compose(row: Row, dossier: Dossier, event: Event, *, signed_in: bool, language: str) -> Content:
    """`signed_in`: the reader has an account and finds the dossier there. Nobody has confirmed the address of anybody
    else: they get the page that asks for code and PIN.
    """
    with override(language):
        unit = _unit(dossier.responsible_unit_id, event.at)
        values = {
            "code": str(dossier),
            "unit": unit,
            "at": _moment(event.at),
            "due": _moment(dossier.due_at),
            "deadline": _moment(_read(event.facts.get("deadline_at"))),
        }
        said = {name: text.format_map(values) for name, text in row.words[language].items()}
        own = f"{settings.PUBLIC_ORIGIN}{reverse('services:own-dossier', args=[dossier.pk])}"
        return {
            **said,
            "code": str(dossier),
            "facts": _facts(dossier, event, unit),
            "link": own if signed_in else f"{settings.PUBLIC_ORIGIN}{reverse('services:look-up')}",
        }


def _facts(dossier: Dossier, event: Event, unit: str) -> list[tuple[str, str]]:
    receiver = _officer(dossier.assisted_by) or _officer_of(dossier, event)
    found = (
        (_("Dossier code"), str(dossier)),
        (_("Organ"), unit),
        (_("Received by"), receiver),
        (_("Handled by"), _officer(dossier.holder)),
        (_("Filed at"), _moment(dossier.submitted_at)),
        (_("Accepted at"), _moment(dossier.accepted_at)),
        (_("Due at"), _moment(dossier.due_at)),
        (_("Decided at"), _moment(dossier.decided_at)),
        (_("Closed at"), _moment(dossier.closed_at)),
    )
    return [(label, value) for label, value in found if value]


def _officer_of(dossier: Dossier, event: Event) -> str:
    """Who accepted it, when that is what happened."""
    kind, _colon, key = event.actor.partition(":")
    if event.name != Fact.ACCEPTED or kind != "user":
        return ""
    return _officer(User.objects.filter(pk=key).first())


def _officer(user: User | None) -> str:
    """Empty for who has left the organ, and is in nobody's sight."""
    person = Person.objects.filter(user=user).only("name").first() if user and user.is_officer else None
    return person.name if person else ""


def _unit(unit_id: int, at: datetime) -> str:
    version = version_at(unit_id, localdate(at))
    return version.full_name if version else ""


def _moment(at: datetime | None) -> str:
    return date_format(localtime(at), "H:i d/m/Y") if at else ""


def _read(text: object) -> datetime | None:
    return parse_datetime(text) if isinstance(text, str) else None
