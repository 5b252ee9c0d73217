"""What an undecided thing is, for the person who decides where it belongs; only what that person may see anyway.

It is told by the address of the person it is about, so each reading is recorded as that of any other page.
"""

from collections.abc import Collection
from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.events import viewed
from portal.events.actors import Actor
from services.models import Dossier, Petition
from services.operations import moving, petition_moving
from services.queries.dossiers import in_part, units_with
from services.queries.petitions import visible_petitions
from services.reorganisation.cases import case_of
from services.states import Capability
from units.handovers import Told

Subject = tuple[str, str]


def dossiers(subjects: Collection[Subject], *, reader: Actor, now: datetime) -> dict[Subject, Told]:
    """By the address that the rules were asked about; `url` where the reader may open the whole."""
    wanted = {key: kind for kind, key in subjects}
    rows = list(Dossier.objects.filter(pk__in=wanted).select_related("version__procedure").order_by("pk"))
    opened = set()
    if isinstance(reader, User):
        seen = in_part(units_with(reader, Capability.VIEW, localdate(now)))
        opened = set(seen.filter(pk__in=wanted).values_list("pk", flat=True))
    told = {}
    for row in rows:
        known = case_of(row.version.code, row.answers, row.contact)
        hint = ". ".join(filter(None, [row.version.name_vi, known.address]))
        url = reverse("services:desk-dossier", args=[row.pk]) if row.pk in opened else ""
        told[wanted[str(row.pk)], str(row.pk)] = Told(str(row), hint, url)
        if known.address:
            unit, purpose = row.responsible_unit_id, str(_("deciding where it belongs after a split"))
            viewed(row, actor=reader, unit=unit, purpose=purpose, at=now, concerns=moving.people(row))
    return told


def petitions(subjects: Collection[Subject], *, reader: Actor, now: datetime) -> dict[Subject, Told]:
    wanted = {key: kind for kind, key in subjects}
    found = Petition.objects.filter(pk__in=wanted).order_by("pk")
    opened = set()
    if isinstance(reader, User):
        found = found.not_against(reader)
        seen = visible_petitions(reader, localdate(now))
        opened = set(seen.filter(pk__in=wanted).values_list("pk", flat=True))
    told = {}
    for row in list(found):
        address = str(row.contact.get("address") or "")
        url = reverse("services:petition", args=[row.pk]) if row.pk in opened else ""
        told[wanted[str(row.pk)], str(row.pk)] = Told(str(row), address, url)
        if address:
            unit, purpose = row.responsible_unit_id, str(_("deciding where it belongs after a split"))
            viewed(row, actor=reader, unit=unit, purpose=purpose, at=now, concerns=petition_moving.people(row))
    return told
