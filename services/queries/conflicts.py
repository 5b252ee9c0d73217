"""Who is complained about, and which unit is left to handle it. Read within the purpose of a petition."""

from datetime import date
from uuid import UUID

from portal.isolation import Purpose, scope
from services.models import Petition, WorkItem
from services.models.petitions import BARRED_LIMIT
from services.petition_policies import officers_for
from services.petition_rules import petition_types
from staff.models import Assignment
from units.queries.tree import version_at
from units.sorting import search_key

MOST = 200


def complained_about(petition: Petition, on: date) -> list[UUID]:
    """Officers of the unit with the name that was written; and where people are complained about, those who worked on
    the dossier in question.
    """
    found = set(_named(petition.about_officer, petition.addressed_unit_id, on))
    dossier = petition.dossier
    if dossier is not None and petition_types()[petition.kind].is_about_people:
        steps = WorkItem.objects.filter(dossier=dossier, officer__isnull=False)
        found.update(steps.values_list("officer", flat=True)[:MOST])
        found.update(one for one in (dossier.assisted_by_id, dossier.holder_id) if one)
    return sorted(found)[:BARRED_LIMIT]


def _named(name: str, unit_id: int, on: date) -> list[UUID]:
    """Accents and what stands around the name don't matter: "ông Vàng Seo Páo (tư pháp)"."""
    said = f" {search_key(' '.join(name.replace('(', ' ').replace(')', ' ').replace(',', ' ').split()))} "
    if not said.strip():
        return []
    with scope(purpose=Purpose.DIRECTORY):
        rows = Assignment.objects.at_unit(unit_id).on(on).filter(user__isnull=False).select_related("person")
        people = list(rows.order_by("id")[:MOST])
    return [row.user_id for row in people if row.user_id and f" {search_key(row.person.name)} " in said]


def unit_to_handle(unit_id: int, barred: list[UUID], on: date) -> int:
    """The unit itself, while somebody there may handle it; else the one above."""
    if not barred or officers_for(unit_id, on, besides=frozenset(barred)):
        return unit_id
    version = version_at(unit_id, on)
    above = version.parent_id if version else None
    return above or unit_id
