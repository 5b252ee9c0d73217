"""What all addresses of dossiers share: whose they are, the version that was read, refusals with their pointers."""

from collections.abc import Iterable, Sequence
from typing import ClassVar
from uuid import UUID

from django.utils.timezone import localdate

from portal.accounts.models import Citizen
from portal.api import revisions
from portal.api.base import SAFE, MemberPagedView, WritingView
from portal.api.parameters import Parameter
from portal.api.problems import Fault, Kind, Problem
from portal.events.wording import actor_in_words
from services import declarations
from services.api import parameters
from services.models import Dossier
from services.models.dossiers import DossierQuerySet
from services.policies import Capability
from services.queries.dossiers import happened, visible_to

TAGS = ["dossiers"]


class DossierView(WritingView):
    """One dossier, or something of it. Strangers get 404. Programs read with VIEW, and do what `capability` says."""

    path_parameters: ClassVar[Sequence[Parameter]] = (parameters.DOSSIER_ID,)
    capability = ""

    def capability_for(self, method: str) -> str:
        return Capability.VIEW.value if method in SAFE else self.capability

    def rows(self) -> DossierQuerySet:
        needed = Capability(self.capability_for(str(self.request.method)) or Capability.VIEW.value)
        on = localdate(self.now)
        return visible_to(self.principal, on, capability=needed).select_related("version__procedure", "version__form")

    def seen(self, pk: UUID) -> Dossier:
        """For reading. Raises the 404."""
        found = self.rows().filter(pk=pk).first()
        if found is None:
            raise Problem(Kind.NOT_FOUND)
        return found

    def locked(self, pk: UUID) -> Dossier:
        """For a deed, in the version that the client has read. Raises 404 and 412."""
        return self.existing(self.rows(), last=self.last_change, pk=pk)

    def last_change(self, dossier: Dossier) -> revisions.Change:
        """Who is said without a name: "by an officer"."""
        newest = happened(dossier).first()
        own = self.principal.event_actor
        if newest is None:
            return revisions.Change(actor_in_words("", own=own), self.now)
        return revisions.Change(actor_in_words(newest.actor, own=own), newest.at)


class DeedView(DossierView):
    """A deed that is only done to the version that was read."""

    must_match = frozenset({"POST"})


class DossierPagedView(MemberPagedView):
    """A list that belongs to one dossier, or of dossiers."""

    capability = Capability.VIEW.value


def citizen_of(user: object) -> Citizen:
    """Raises the 403 for officers and programs."""
    found = Citizen.objects.select_related("user").filter(pk=getattr(user, "pk", None)).first()
    if found is None:
        raise Problem(Kind.FORBIDDEN)
    return found


def wrong(*faults: Fault) -> Problem:
    return Problem(Kind.BODY, errors=faults)


def refuse(faults: Iterable[Fault]) -> None:
    """Raises one problem that names them all, when there are any."""
    if found := tuple(faults):
        raise wrong(*found)


def of_answers(faults: Iterable[declarations.Fault], *, at: str = "/answers") -> list[Fault]:
    """What the engine of forms says, with pointers into the body."""
    return [Fault(f"{at}{one.pointer}", one.code, str(one.text), where="body") for one in faults]


def fault(pointer: str, code: str, sentence: object) -> Fault:
    return Fault(pointer, code, str(sentence), where="body")
