"""What the addresses of this app share: whose rows are seen, refusals with their faults, the second factor."""

from typing import Any

from django.http import Http404
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request

from documents.errors import FaultsError
from documents.models import Document, RouteStep
from documents.models.documents import DocumentQuerySet
from documents.queries.desk import names_of
from documents.queries.documents import visible_to
from documents.queries.registers import units_to_view
from portal.accounts.models import User
from portal.accounts.signing_in import recent_second_factor
from portal.api import revisions
from portal.api.base import ApiView, MemberView
from portal.api.naming import camel
from portal.api.parameters import Parameter
from portal.api.problems import Fault, Kind, Problem
from staff.policies import today

PATH = "/api/v1"
# how the fields of a draft are called in bodies, where camel case alone does not say it
FIELDS = {
    "type_code": "type",
    "secrecy": "",
    "replaces": "replacesId",
    "owner": "ownerNumber",
    "dossier": "dossierCode",
}


def path_uuid(description: Any) -> Parameter:
    """For the description only: the path converter `uuid` reads it."""
    schema = {"type": "string", "format": "uuid"}
    example = "0f8e2d3c-4b5a-4978-8796-a5b4c3d2e1f0"
    return Parameter(name="id", description=description, schema=schema, required=True, example=example)


DOCUMENT_ID = path_uuid(_("The document's key in this portal."))


class DocumentAddress(ApiView):
    """What is refused with several faults names each at its field."""

    def handle_exception(self, exc: Exception) -> Any:
        return super().handle_exception(_with_faults(exc) if isinstance(exc, FaultsError) else exc)


def _with_faults(error: FaultsError) -> Problem:
    faults = [Fault(_pointer(name), "not-possible", str(said), where="body") for name, said in error.faults.items()]
    return Problem(Kind.NOT_POSSIBLE, str(error), errors=faults)


def _pointer(name: str) -> str:
    field = name.partition(".")[0]
    said = FIELDS.get(field, camel(field))
    return f"/{said}" if said else ""


def seen(user: User) -> DocumentQuerySet:
    return visible_to(user, today()).select_related("signer")


def last_change(document: Document) -> revisions.Change:
    """Who was quicker, as the pages say it. Every document has the step of its drafting."""
    step = RouteStep.objects.filter(document=document).order_by("-revision")[:1].get()
    name = names_of([step.user_id]).get(step.user_id, "") if step.user_id else ""
    return revisions.Change(name or gettext("Somebody of this organ"), step.at)


def require_proof(view: MemberView, now: Any) -> None:
    """Signing and sealing ask for the second factor, proved in this session within the last minutes."""
    request: Request = view.request
    if request.auth is None and recent_second_factor(request._request, now=now):
        return
    raise Problem(
        Kind.FORBIDDEN,
        gettext(
            "Signing and sealing need a person who has proved the second factor within the last 10 minutes. "
            "Nothing was ordered. Prove it on the page of your account, then send the request again."
        ),
    )


def reader_of(request: Request) -> tuple[User, list[int]]:
    """The officer or program, and the units whose registers they may see. Raises Http404 when there are none."""
    user = request.user
    units = units_to_view(user, today()) if isinstance(user, User) and not user.is_citizen else []
    if not isinstance(user, User) or not units:
        raise Http404
    return user, units
