"""What an undecided thing is, for the person who decides where it belongs; only what that person may see anyway."""

from collections.abc import Collection

from django.urls import reverse

from services.models import Dossier, Petition
from services.reorganisation.cases import case_of
from units.handovers import Told

Subject = tuple[str, str]


def dossiers(subjects: Collection[Subject]) -> dict[Subject, Told]:
    """By the address that the rules were asked about."""
    wanted = {key: kind for kind, key in subjects}
    rows = Dossier.objects.filter(pk__in=wanted).select_related("version__procedure").order_by("pk")
    return {(wanted[str(row.pk)], str(row.pk)): _dossier(row) for row in rows}


def _dossier(row: Dossier) -> Told:
    known = case_of(row.version.code, row.answers, row.contact)
    hint = ". ".join(filter(None, [row.version.name_vi, known.address]))
    return Told(str(row), hint, reverse("services:desk-dossier", args=[row.pk]))


def petitions(subjects: Collection[Subject]) -> dict[Subject, Told]:
    wanted = {key: kind for kind, key in subjects}
    rows = Petition.objects.filter(pk__in=wanted).order_by("pk")
    return {
        (wanted[str(row.pk)], str(row.pk)): Told(
            str(row), str(row.contact.get("address") or ""), reverse("services:petition", args=[row.pk])
        )
        for row in rows
    }
