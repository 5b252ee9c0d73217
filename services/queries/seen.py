"""Who looked at a person's data, as the trail keeps it: the post and the unit, the purpose, the dossier."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate

from portal.accounts.models import User
from portal.events import Event
from portal.events.wording import VIEWED
from services.models import Dossier
from staff.models import Assignment
from units.models import UnitVersion
from units.queries.nearest import nearest_versions

SIZE = 25
MOST_POSTS = 500  # of those who looked, on one page
SUBJECT = "services.dossier"


@dataclass(frozen=True, slots=True)
class Look:
    """`post` and `unit` empty where no officer looked."""

    event: Event
    post: str
    unit: str
    dossier: Dossier | None


def looks_at(user: User, *, before: int | None) -> tuple[list[Look], bool]:
    """Newest first, without one's own; and whether there are more. Five statements."""
    found = Event.objects.of_person(user.pk).filter(name__endswith=VIEWED).exclude(actor=user.event_actor)
    if before is not None:
        found = found.filter(id__lt=before)
    events = list(found.order_by("-id")[: SIZE + 1])
    shown = events[:SIZE]
    dossiers = Dossier.objects.of_citizen(user).select_related("version").in_bulk(_dossier_ids(shown))
    posts = _posts(shown)
    units = nearest_versions({unit for _post, unit in posts.values()} | _units(shown), localdate())
    return [_look(event, posts, units, dossiers) for event in shown], len(events) > SIZE


def _dossier_ids(events: list[Event]) -> list[uuid.UUID]:
    return [uuid.UUID(event.subject_id) for event in events if event.subject_type == SUBJECT]


def _units(events: list[Event]) -> set[int]:
    return {event.unit_id for event in events if event.unit_id}


def _posts(events: list[Event]) -> dict[int, tuple[str, int]]:
    """By event: the post on the day of the look, at the event's unit before others."""
    users = {event.actor.removeprefix("user:") for event in events if event.actor.startswith("user:")}
    rows = Assignment.objects.filter(user_id__in=users).select_related("post").order_by("id")[:MOST_POSTS]
    held: dict[str, list[Assignment]] = {}
    for row in rows:
        held.setdefault(f"user:{row.user_id}", []).append(row)
    found = {}
    for event in events:
        on = localdate(event.at)
        then = [row for row in held.get(event.actor, []) if _holds(row, on)]
        best = next((row for row in then if row.unit_id == event.unit_id), then[0] if then else None)
        if best is not None:
            found[event.pk] = (str(best.post), best.unit_id)
    return found


def _holds(row: Assignment, on: date) -> bool:
    return on in row.valid


def _look(
    event: Event,
    posts: dict[int, tuple[str, int]],
    units: dict[int, UnitVersion],
    dossiers: dict[uuid.UUID, Dossier],
) -> Look:
    post, unit_id = posts.get(event.pk, ("", event.unit_id))
    unit = units[unit_id].full_name if unit_id in units else ""
    dossier = dossiers.get(uuid.UUID(event.subject_id)) if event.subject_type == SUBJECT else None
    return Look(event, post, unit, dossier)
