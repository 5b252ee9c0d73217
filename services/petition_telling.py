"""Every change of a petition is told to whoever sent it: by their account, else by the contact they left.

The code and where it stands, never what it says. No unit sees these messages: whoever is complained about would.
"""

import uuid
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.events import Event
from portal.events.actors import System
from portal.isolation import scope
from portal.notifications.operations.telling import Addressee, News, notify
from services.events import Fact
from services.models import Petition
from services.notification_table import Row, rows_for
from units.queries import version_at

SUBJECT = "services.petition"
# Those whose petitions were joined to this one hear how it ends.
HEARD_TOGETHER = frozenset({str(Fact.PETITION_ANSWERED), str(Fact.PETITION_REFUSED), str(Fact.PETITION_LAPSED)})
MOST = 500


def tell(event: Event, now: datetime) -> None:
    with scope(units=[event.unit_id] if event.unit_id else []):
        for petition in _concerned(event):
            addressee = addressee_of(petition)
            if addressee is None:
                continue
            for row in rows_for(event.name, localdate(event.at), event.facts):
                notify(news=_news(row, petition, event), addressee=addressee, actor=System.RELAY, now=now)


def _concerned(event: Event) -> list[Petition]:
    rows = Petition.objects.select_related("filer")
    found = list(rows.filter(pk=uuid.UUID(event.subject_id)))
    if event.name in HEARD_TOGETHER:
        found += rows.filter(merged_into=uuid.UUID(event.subject_id)).order_by("id")[:MOST]
    return found


def addressee_of(petition: Petition) -> Addressee | None:
    """None for who left neither an account nor a telephone nor an e-mail address."""
    contact = {name: str(value) for name, value in petition.contact.items() if name in {"phone", "email"} and value}
    if petition.filer is not None:
        return Addressee(petition.filer, contact, petition.filer.event_actor)
    return Addressee(None, contact, f"{SUBJECT}:{petition.pk}") if contact else None


def _news(row: Row, petition: Petition, event: Event) -> News:
    return News(
        event_id=event.pk,
        kind=row.kind,
        line=row.line,
        subject_type=SUBJECT,
        subject_id=str(petition.pk),
        unit_id=None,
        template=row.name,
        compose=partial(_compose, row, petition, event),
    )


def _compose(row: Row, petition: Petition, event: Event, language: str) -> dict[str, Any]:
    with override(language):
        until = event.facts.get("until")
        version = version_at(petition.responsible_unit_id, localdate(event.at))
        values = {
            "code": petition.reference,
            "unit": version.full_name if version else "",
            "at": _moment(event.at),
            "due": _moment(petition.next_due_at),
            "deadline": _moment(parse_datetime(until) if isinstance(until, str) else None),
        }
        said = {name: text.format_map(values) for name, text in row.words[language].items()}
        own = petition.filer_id is not None
        path = reverse("services:own-petition", args=[petition.pk]) if own else reverse("services:petition-look-up")
        facts = [(_("Code of the petition"), petition.reference), (_("Organ"), values["unit"])]
        return {
            **said,
            "code": petition.reference,
            "facts": [(label, value) for label, value in facts if value],
            "link": f"{settings.PUBLIC_ORIGIN}{path}",
        }


def _moment(at: datetime | None) -> str:
    return date_format(localtime(at), "H:i d/m/Y") if at else ""
