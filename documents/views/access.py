"""Who may open the pages of registers: what one may not see does not exist (404), what one may not do is said (403)."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from documents.models import RegisterBook, RegisterEntry
from documents.policies import Capability, may
from documents.queries.registers import books_of, units_to_view
from portal.accounts.models import User
from staff.policies import today


def officer_of(request: HttpRequest) -> User:
    """Raises Http404 for citizens, and PermissionDenied for officers whose post sees no register."""
    user = request.user
    if not isinstance(user, User) or not user.is_officer:
        raise Http404
    if not units_to_view(user, today()):
        raise PermissionDenied(_("Register books are shown to the clerk and the leaders of the unit."))
    return user


def visible_book(user: User, pk: int) -> RegisterBook:
    return get_object_or_404(books_of(units_to_view(user, today())), pk=pk)


def visible_entry(user: User, pk: int) -> RegisterEntry:
    rows = RegisterEntry.objects.select_related("book").filter(unit_id__in=units_to_view(user, today()))
    return get_object_or_404(rows, pk=pk)


def clerk_of(user: User, capability: Capability, unit_id: int) -> None:
    """Raises PermissionDenied."""
    if not may(user, capability, unit_id):
        raise PermissionDenied(_("Only the clerk of this unit may do this in its register books. Nothing was saved."))


def head_of(user: User, unit_id: int) -> None:
    """Raises PermissionDenied."""
    if not may(user, Capability.REGISTER_RULE, unit_id):
        raise PermissionDenied(_("Only the head of the organ decides how it numbers its documents. Nothing was saved."))
