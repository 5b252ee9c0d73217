"""Whose dossier it is becomes clear at a sign-in: filed by number, it belongs to whoever proves that number."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from portal.accounts.directory import same_name
from portal.accounts.models import Citizen, Party, User
from portal.events.actors import Actor
from portal.isolation import Purpose, scope
from services.events import Fact
from services.models import Dossier
from services.operations.moving import save, tell

AT_ONCE = 100


@transaction.atomic
def claim_dossiers(*, user: User, actor: Actor, now: datetime) -> int:
    """Give the person what bears their number and name, as owner or filer, and belongs to no account yet. How many."""
    with scope(purpose=Purpose.SIGN_IN):
        citizen = Citizen.objects.select_related("user").filter(pk=user.pk, party=Party.PERSON).first()
        if citizen is None:
            return 0
        index = Dossier.index_of(citizen.number)
        mine = Q(owner=None, owner_number_index=index) | Q(filer=None, filer_number_index=index)
        rows = Dossier.objects.filter(mine).select_for_update(of=("self",)).order_by("submitted_at", "id")
        own = [dossier for dossier in rows[:AT_ONCE] if _take(dossier, citizen, index)]
        for dossier in own:
            save(dossier, "owner", "filer")
            tell(Fact.OWNER_RECOGNISED, dossier, actor=actor, now=now, facts={"user": str(user.pk)})
    return len(own)


def _take(dossier: Dossier, citizen: Citizen, index: bytes) -> bool:
    """One mistyped digit must hand nobody's affairs to a stranger, so the name has to fit as well."""
    owns = dossier.owner_id is None and _is(dossier.owner_number_index, index)
    files = dossier.filer_id is None and _is(dossier.filer_number_index, index)
    if owns and same_name(dossier.owner_name, citizen.name):
        dossier.owner = citizen.user
    if files and same_name(dossier.filer_name, citizen.name):
        dossier.filer = citizen.user
    return citizen.pk in {dossier.owner_id, dossier.filer_id}


def _is(kept: bytes | memoryview | None, index: bytes) -> bool:
    return kept is not None and bytes(kept) == index
